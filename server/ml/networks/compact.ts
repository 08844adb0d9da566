import * as tf from "@tensorflow/tfjs-core";
import { type NamedArray, sizeOf } from "../named-array";
import type { Random } from "../random";
import type { Base, NetworkSpec } from "./network";

/**
 * Four convolutions, each with bias and ReLU. The first is coarse because its cost grows with the film's full
 * area; from 12 × 12 on, the map keeps its size for saliency.
 */
const layers = [
  { name: "conv1", kernel: 7, input: 1, output: 32, stride: 4 },
  { name: "conv2", kernel: 3, input: 32, output: 64, stride: 2 },
  { name: "conv3", kernel: 3, input: 64, output: 64, stride: 1 },
  { name: "conv4", kernel: 3, input: 64, output: 64, stride: 1 },
] as const;

export const compactSpec: NetworkSpec = {
  name: "compact",
  title: "Compact CNN",
  inputSize: 96,
  channels: 1,
  preprocess: "compact",
  featureWidth: 64,
  parameters: layers.reduce(
    (sum, { kernel, input, output }) => sum + kernel ** 2 * input * output + output,
    0,
  ),
  trainable: "whole",
  featureMap: { height: 12, width: 12, channels: 64 },
  needsWeights: false,
};

/** First weights: kernels normal with variance 2 ÷ fan-in (He et al. 2015), biases zero. */
export function newCompactWeights(random: Random): NamedArray[] {
  return layers.flatMap(({ name, kernel, input, output }) => {
    const shape = [kernel, kernel, input, output];
    const deviation = Math.sqrt(2 / (kernel ** 2 * input));
    const values = Float32Array.from({ length: sizeOf(shape) }, () => random.normal() * deviation);
    return [
      { name: `${name}/kernel`, shape, values },
      { name: `${name}/bias`, shape: [output], values: new Float32Array(output) },
    ];
  });
}

/** The network with the weights of {@link newCompactWeights} or of a stored model, copied to the engine. */
export function compactBase(weights: readonly NamedArray[]): Base {
  const tensors = compactTensors(weights);
  return {
    spec: compactSpec,
    forward: (images) =>
      tf.tidy(() => {
        const map = compactMap(images, tensors);
        return { map, features: tf.mean<tf.Tensor2D>(map, [1, 2]) };
      }),
    dispose: () => tf.dispose(tensors),
  };
}

/** The weights as tensors in the order that {@link compactMap} takes. @throws Error when one does not fit. */
export function compactTensors(weights: readonly NamedArray[]): tf.Tensor[] {
  return layers.flatMap(({ name, kernel, input, output }) => [
    tensorOf(weights, `${name}/kernel`, [kernel, kernel, input, output]),
    tensorOf(weights, `${name}/bias`, [output]),
  ]);
}

/** The last feature map [n, 12, 12, 64] of images [n, 96, 96, 1]. */
export function compactMap(images: tf.Tensor4D, tensors: readonly tf.Tensor[]): tf.Tensor4D {
  return layers.reduce<tf.Tensor4D>((x, layer, index) => {
    const [kernel, bias] = tensors.slice(2 * index, 2 * index + 2);
    if (!kernel || !bias) throw new Error(`The compact network got only ${tensors.length} weights`);
    return tf.relu(compactLayer(x, layer, kernel, bias));
  }, standardised(images));
}

/** Each image brought to mean 0 and deviation 1, so that a film's exposure and contrast are not learned. */
function standardised(images: tf.Tensor4D): tf.Tensor4D {
  const { mean, variance } = tf.moments(images, [1, 2, 3], true);
  return tf.mul(tf.sub(images, mean), tf.rsqrt(tf.add(variance, 1e-4)));
}

/** One convolution with its bias, before ReLU. */
function compactLayer(
  x: tf.Tensor4D,
  { kernel, input, output, stride }: (typeof layers)[number],
  weights: tf.Tensor,
  bias: tf.Tensor,
): tf.Tensor4D {
  const filter = tf.reshape<tf.Rank.R4>(weights, [kernel, kernel, input, output]);
  return tf.add(tf.conv2d(x, filter, stride, "same"), bias);
}

function tensorOf(weights: readonly NamedArray[], name: string, shape: number[]): tf.Tensor {
  const array = weights.find((candidate) => candidate.name === name);
  if (array?.values.length !== sizeOf(shape)) {
    throw new Error(`The compact network needs ${name} of shape ${shape}, got ${array?.shape ?? "none"}`);
  }
  return tf.tensor(array.values, shape);
}
