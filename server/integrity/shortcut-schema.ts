import { z } from "zod";

export const propertyNames = ["dataset", "view", "sex", "age", "size", "aspect", "format", "border"] as const;
export type PropertyName = (typeof propertyNames)[number];

/** A figure with its 95% interval from a bootstrap over patients; null where it is not defined. */
export const estimate = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type Estimate = z.output<typeof estimate>;

/** AUC of a class against all others; of two classes the first alone is given. */
const classAuc = z.object({ class: z.string(), auc: estimate });
export type ClassAuc = z.output<typeof classAuc>;

const propertyCheck = z.object({
  name: z.enum(propertyNames),
  /** Bias-corrected; null where all films are of one kind. */
  cramersV: z.number().nullable(),
  /** The most frequent kinds, with their images per class, in the cohort's order of classes. */
  levels: z.array(z.object({ level: z.string(), images: z.array(z.number()) })),
  moreLevels: z.number(),
  /** Of a predictor that is given this property and nothing else. */
  aucs: z.array(classAuc),
});
export type PropertyCheck = z.output<typeof propertyCheck>;

const looks = ["whole", "frame", "centre"] as const;

/** Heads trained on films of which only a part is left to see. */
const retraining = z.object({
  network: z.string(),
  weights: z.string(),
  looks: z.array(
    z.object({
      look: z.enum(looks),
      aucs: z.array(classAuc),
      /** How much less the AUC is than with the whole film. */
      lost: z.array(classAuc),
    }),
  ),
});
export type Retraining = z.output<typeof retraining>;

export const shortcutsResult = z.object({
  classes: z.array(z.string()),
  images: z.number(),
  /** Of the whole cohort: all, unless it is so large that whole patients were drawn from it. */
  ofImages: z.number(),
  patients: z.number(),
  folds: z.number(),
  properties: z.array(propertyCheck),
  /** Null where no pretrained base was given. */
  retraining: retraining.nullable(),
});
export type ShortcutsResult = z.output<typeof shortcutsResult>;
