import * as tf from "@tensorflow/tfjs-core";
import { compileWherePossible } from "../graph/compile";
import { copyArrays, type NamedArray } from "../named-array";
import { poolTensor } from "../pool-tensor";
import { type Pooling, pooledWidth } from "../pooling";
import { foldMoving, type Layout } from "./folding";
import type { NetworkSpec } from "./network";
import { runStages, type Stage, type StagedNetwork } from "./staged";
import { ofRank4 } from "./tensor-rank";

/** A base whose weights move, for fine-tuning. BatchNorm keeps its stored statistics; its gamma and beta move. */
export interface TrainableBase {
  readonly spec: NetworkSpec;
  /** The weights that move, for an optimizer to move in place: every use of the base goes by them as they are. */
  readonly weights: readonly NamedArray[];
  /** All weights of the network, those that move as they are now: what the fine-tuned model stores. */
  allWeights(): readonly NamedArray[];
  /** Pooled features [n, width] of preprocessed images [n, size, size, channels]. */
  features(images: Float32Array): Float32Array;
  /**
   * One batch forward and back. The images' features [n, width] are handed to `head`, which gives the derivative
   * of the loss by them; the result is the loss's gradient by each of `weights`, in their order.
   */
  gradients(images: Float32Array, head: (features: Float32Array) => Float32Array): Float32Array[];
  dispose(): void;
}

/**
 * A network for fine-tuning, whole (`from` null) or from one of its stages on; those before it are
 * frozen. On native TensorFlow forward and backward pass are graphs, whatever the number of images.
 * @throws Error for a stage that the network does not have, or weights that do not fit it
 */
export async function trainableBase({
  network: { spec, layout, stages },
  weights,
  from,
  pooling = "gap",
}: {
  readonly network: StagedNetwork;
  readonly weights: readonly NamedArray[];
  readonly from: string | null;
  readonly pooling?: Pooling;
}): Promise<TrainableBase> {
  const first = from === null ? 0 : stages.findIndex(({ name }) => name === from);
  if (first < 0) throw new Error(`${spec.title} has no stage ${from} to fine-tune from`);
  const moving = copyArrays(movingWeights(weights, layout, stages.slice(first)));
  const mapOf = (part: readonly Stage[], x: tf.Tensor | undefined, tensors: readonly tf.Tensor[]) => {
    const byName = new Map(tensors.flatMap((tensor, index) => named(moving[index]?.name, tensor)));
    return runStages(part, ofRank4(x), foldMoving(layout, weights, byName));
  };
  const pooled = (x: tf.Tensor | undefined, tensors: readonly tf.Tensor[]) =>
    poolTensor(mapOf(stages.slice(first), x, tensors), pooling);

  const { inputSize, channels } = spec;
  const shapes = moving.map(({ shape }) => shape);
  const below = await compileWherePossible(
    ([images]) => [mapOf(stages.slice(0, first), images, [])],
    [[null, inputSize, inputSize, channels]],
  );
  const [between = []] = below.outputShapes;
  const forward = await compileWherePossible(([x, ...tensors]) => [pooled(x, tensors)], [between, ...shapes]);
  const backward = await compileWherePossible(
    ([x, dy, ...tensors]) => tf.grads((...own) => pooled(x, own))(tensors, dy),
    [between, [null, pooledWidth(pooling, spec.featureMap)], ...shapes],
  );

  const pixels = inputSize * inputSize * channels;
  const run = <T>(images: Float32Array, use: (x: tf.Tensor, tensors: tf.Tensor[]) => T): T => {
    tf.engine().startScope();
    try {
      const [x] = below.run([tf.tensor(images, [images.length / pixels, inputSize, inputSize, channels])]);
      if (!x) throw new Error("The frozen stages gave no map");
      return use(
        x,
        moving.map(({ values, shape }) => tf.tensor(values, [...shape])),
      );
    } finally {
      tf.engine().endScope();
    }
  };
  return {
    spec,
    weights: moving,
    allWeights: () => weights.map((array) => moving.find(({ name }) => name === array.name) ?? array),
    features: (images) => run(images, (x, tensors) => numbersOf(forward.run([x, ...tensors])[0])),
    gradients: (images, head) =>
      run(images, (x, tensors) => {
        const [features] = forward.run([x, ...tensors]);
        const dy = tf.tensor(head(numbersOf(features)), features?.shape);
        return backward.run([x, dy, ...tensors]).map(numbersOf);
      }),
    dispose() {
      for (const graph of [below, forward, backward]) graph.dispose();
    },
  };
}

/** Of the given stages, in the network's order. Statistics never move. */
function movingWeights(
  weights: readonly NamedArray[],
  layout: Layout,
  stages: readonly Stage[],
): NamedArray[] {
  const given = new Map(weights.map((array) => [array.name, array]));
  return layout.weights.flatMap(({ name, shape }) => {
    const array = given.get(name);
    const moves = !name.includes("/moving_") && stages.some((stage) => name.startsWith(stage.name));
    return array && moves ? [{ ...array, shape }] : [];
  });
}

function named(name: string | undefined, tensor: tf.Tensor): [string, tf.Tensor][] {
  return name === undefined ? [] : [[name, tensor]];
}

function numbersOf(tensor: tf.Tensor | undefined): Float32Array {
  if (!tensor) throw new Error("The graph gave less than was asked for");
  return Float32Array.from(tensor.dataSync());
}
