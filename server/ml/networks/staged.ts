import * as tf from "@tensorflow/tfjs-core";
import type { NamedArray } from "../named-array";
import { type Folded, foldWeights, type Layout } from "./folding";
import type { Base, NetworkSpec } from "./network";

/** A part of a network. The names of its weights begin with its name. */
export type Stage = {
  readonly name: string;
  apply(x: tf.Tensor4D, weights: Folded): tf.Tensor4D;
};

/** A network with BatchNorm as stages in a row, from the images to the last feature map. */
export type StagedNetwork = {
  readonly spec: NetworkSpec;
  readonly layout: Layout;
  readonly stages: readonly Stage[];
};

/** The network for inference. @throws Error when a weight is missing or has another shape. */
export function frozenBase(network: StagedNetwork, weights: readonly NamedArray[]): Base {
  const folded = foldWeights(network.layout, weights);
  return {
    spec: network.spec,
    forward: (images) =>
      tf.tidy(() => {
        const map = runStages(network.stages, images, folded);
        return { map, features: tf.mean<tf.Tensor2D>(map, [1, 2]) };
      }),
    dispose: folded.dispose,
  };
}

/** Runs `x` through stages, and frees what lies between two as soon as it is used. */
export function runStages(stages: readonly Stage[], x: tf.Tensor4D, weights: Folded): tf.Tensor4D {
  return stages.reduce(
    (input, stage, index) =>
      index === 0
        ? tf.tidy(() => stage.apply(input, weights))
        : replace(input, () => stage.apply(input, weights)),
    x,
  );
}

/** Frees the tensor that a layer took as soon as it is done, so that one image's maps never pile up. */
export function replace(x: tf.Tensor4D, layer: (input: tf.Tensor4D) => tf.Tensor4D): tf.Tensor4D {
  const result = tf.tidy(() => layer(x));
  x.dispose();
  return result;
}
