/** The kinds that the form makes; selections come from the images and errors pages. */
export const formKinds = [
  "uncertain-first",
  "blank-but-model-positive",
  "cohort",
  "misclassified",
  "label-errors",
  "disagreements",
  "random",
] as const;
export type FormKind = (typeof formKinds)[number];
