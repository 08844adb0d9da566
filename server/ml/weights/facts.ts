import type { PreprocessName } from "../preprocess-names";

/** What has to be known of weights beside their numbers, so that a base with them gives what their model gave. */
export type WeightsFacts = {
  /** What they were trained on. */
  readonly preprocess: PreprocessName;
  readonly ends: MapEnd;
  /** What their model told apart, in its outputs' order, "" for an output that was never trained; null: unknown. */
  readonly outputs: readonly string[] | null;
  /** How many outputs the file's classifier has; null where it has none. */
  readonly classes: number | null;
};

export const mapEnds = ["relu", "bn"] as const;
/**
 * Behind what the last feature map is taken. "bn": the model went from its last BatchNorm to pooling without
 * ReLU, as Keras' DenseNet did until August 2018 (keras-team/keras-applications, issue 31).
 */
export type MapEnd = (typeof mapEnds)[number];
