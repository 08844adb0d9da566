import { z } from "zod";
import { estimate } from "./shortcut-schema";

const siblingFigure = z.object({
  metric: z.enum(["sensitivity", "specificity", "auc", "accuracy"]),
  withSiblings: estimate,
  withoutSiblings: estimate,
  /** With less without, on the same images. */
  difference: estimate,
  /** Whether the interval of the difference leaves zero out; null where there is none. */
  beyondNoise: z.boolean().nullable(),
});
export type SiblingFigure = z.output<typeof siblingFigure>;

/** "leaked": test images with a sibling in training. "clean": those without, where no difference is expected. */
export const testSets = ["leaked", "clean", "all"] as const;
export type TestSet = (typeof testSets)[number];

export const siblingsResult = z.object({
  classes: z.array(z.string()),
  network: z.string(),
  weights: z.string().nullable(),
  /** Splits drawn, each with two heads; those left out had a class with too few patients. */
  splits: z.number(),
  leftOut: z.number(),
  images: z.number(),
  patients: z.number(),
  /** Means over the splits. */
  trained: z.object({ images: z.number(), removed: z.number() }),
  sets: z.array(
    z.object({
      on: z.enum(testSets),
      /** Different images over all splits, and of how many patients. */
      images: z.number(),
      patients: z.number(),
      figures: z.array(siblingFigure),
    }),
  ),
});
export type SiblingsResult = z.output<typeof siblingsResult>;
