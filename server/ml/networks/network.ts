import type * as tf from "@tensorflow/tfjs-core";
import type { PreprocessName } from "../preprocess-names";

export const networkNames = ["compact", "densenet121", "efficientnet-lite0"] as const;
export type NetworkName = (typeof networkNames)[number];

/** What a network needs and gives. */
export type NetworkSpec = {
  readonly name: NetworkName;
  /** As a page shows it. */
  readonly title: string;
  /** Height and width of the input, in pixels. */
  readonly inputSize: number;
  readonly channels: 1 | 3;
  /** How an image becomes the input; part of what the network is. */
  readonly preprocess: PreprocessName;
  /** Length of the pooled feature vector. */
  readonly featureWidth: number;
  /** Numbers without the head, as the network is known by: Keras counts BatchNorm's statistics, PyTorch does not. */
  readonly parameters: number;
  /** "whole": trained from scratch with its head; "head": frozen, only the head is trained. */
  readonly trainable: "whole" | "head";
  /** The last feature map, on which saliency is computed. */
  readonly featureMap: { readonly height: number; readonly width: number; readonly channels: number };
  /** Whether the network is of use only with weights from a file. */
  readonly needsWeights: boolean;
};

/** A network without its head, ready to run on the current engine. */
export interface Base {
  readonly spec: NetworkSpec;
  /**
   * The last feature map after its ReLU, [n, h, w, c], and its mean over height and width, [n, c], for
   * preprocessed images [n, size, size, channels]. The caller disposes both, or calls inside `tf.tidy`.
   */
  forward(images: tf.Tensor4D): { map: tf.Tensor4D; features: tf.Tensor2D };
  /** Frees the weights. */
  dispose(): void;
}
