import { z } from "zod";

/** Labels held against heads that never saw the image's patient, by confident learning. */
export const labelErrorsResult = z.object({
  classes: z.array(z.string()),
  network: z.string(),
  weights: z.string().nullable(),
  images: z.number(),
  patients: z.number(),
  folds: z.number(),
  /** Per class: the mean probability of what is labelled so. */
  thresholds: z.array(z.number().nullable()),
  /** [labelled, taken for]: images that are confidently of a class. */
  counts: z.array(z.array(z.number())),
  /** Images whose label is likely wrong. */
  errors: z.number(),
});
export type LabelErrorsResult = z.output<typeof labelErrorsResult>;
