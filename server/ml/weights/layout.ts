import type { StoredArray } from "./stored";

/** A weight that a network has a place for. */
export type WeightShape = { readonly name: string; readonly shape: readonly number[] };

/** A weight's place in the network, and how the file's array becomes the network's. */
export type Place = {
  readonly name: string;
  /** The file's axis for each of ours; absent where they are the same. */
  readonly axes?: readonly number[];
  /** What else has to be done to the file's array, before its axes are put in order. */
  adapt?(array: StoredArray): StoredArray;
};

/** One way of naming a network's weights, e.g. Keras' or torchvision's. */
export type Naming = {
  /** As messages call it. */
  readonly title: string;
  /** Where a name of the file belongs; null for a name that this way does not know. */
  place(name: string): Place | null;
};

/** PyTorch's [out, in, height, width] as [height, width, in, out]. */
export const fromOihw = [2, 3, 1, 0];

/** PyTorch's depthwise [channels, 1, height, width] as [height, width, channels, 1]. */
export const fromDepthwise = [2, 3, 0, 1];

/** PyTorch's names of what a BatchNorm keeps, as Keras calls them. */
export const batchNormWeights: Readonly<Record<string, string>> = {
  weight: "gamma",
  bias: "beta",
  running_mean: "moving_mean",
  running_var: "moving_variance",
};
