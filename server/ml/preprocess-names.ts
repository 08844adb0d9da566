/** How a film becomes a network's input; what each does stands at `preprocess`. */
export const preprocessNames = [
  "as-published",
  "imagenet",
  "efficientnet-lite",
  "torchxrayvision",
  "compact",
] as const;
export type PreprocessName = (typeof preprocessNames)[number];
