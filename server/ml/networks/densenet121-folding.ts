import * as tf from "@tensorflow/tfjs-core";
import { type NamedArray, sizeOf } from "../named-array";
import { denseNet121Weights } from "./densenet121-layers";

/** Weights on the engine, BatchNorm folded where a convolution stands before it. */
export interface Folded {
  kernel(layer: string): tf.Tensor4D;
  bias(layer: string): tf.Tensor1D;
  scale(layer: string): tf.Tensor1D;
  shift(layer: string): tf.Tensor1D;
  dispose(): void;
}

/** Keras Applications' epsilon of every BatchNorm in DenseNet. */
const epsilon = 1.001e-5;

/** @throws Error when a weight is missing or has another shape. */
export function foldWeights(weights: readonly NamedArray[]): Folded {
  const values = valuesByName(weights);
  const tensors = new Map<string, tf.Tensor>();
  const layers = new Set(denseNet121Weights.map(({ name }) => name.slice(0, name.lastIndexOf("/"))));
  const normOf = (layer: string) => affine(values, layer);
  for (const layer of layers) {
    const kernel = denseNet121Weights.find(({ name }) => name === `${layer}/kernel`);
    if (kernel) {
      const norm = followingNorm(layer);
      const own = values(`${layer}/kernel`);
      const folded = norm ? scaleLast(own, normOf(norm).scale) : own;
      tensors.set(`${layer}/kernel`, tf.tensor(folded, [...kernel.shape]));
      if (norm) tensors.set(`${layer}/bias`, tf.tensor1d(normOf(norm).shift));
    } else {
      tensors.set(`${layer}/scale`, tf.tensor1d(normOf(layer).scale));
      tensors.set(`${layer}/shift`, tf.tensor1d(normOf(layer).shift));
    }
  }
  const of = (name: string) => {
    const tensor = tensors.get(name);
    if (!tensor) throw new Error(`DenseNet-121 has no ${name}`);
    return tensor;
  };
  return {
    kernel: (layer) => tf.reshape(of(`${layer}/kernel`), [...shapeOf(`${layer}/kernel`)]),
    bias: (layer) => tf.reshape(of(`${layer}/bias`), [-1]),
    scale: (layer) => tf.reshape(of(`${layer}/scale`), [-1]),
    shift: (layer) => tf.reshape(of(`${layer}/shift`), [-1]),
    dispose: () => tf.dispose([...tensors.values()]),
  };
}

/** The BatchNorm right behind a convolution, if there is one: of the stem and of the bottlenecks. */
function followingNorm(layer: string): string | null {
  if (layer === "conv1_conv") return "conv1_bn";
  return layer.endsWith("_1_conv") ? layer.replace(/_1_conv$/, "_1_bn") : null;
}

/** BatchNorm with stored statistics as x · scale + shift. */
function affine(
  values: (name: string) => Float32Array,
  layer: string,
): { scale: Float32Array; shift: Float32Array } {
  const gamma = values(`${layer}/gamma`);
  const beta = values(`${layer}/beta`);
  const mean = values(`${layer}/moving_mean`);
  const scale = values(`${layer}/moving_variance`).map(
    (variance, channel) => (gamma[channel] ?? 0) / Math.sqrt(variance + epsilon),
  );
  return {
    scale,
    shift: beta.map((offset, channel) => offset - (mean[channel] ?? 0) * (scale[channel] ?? 0)),
  };
}

function scaleLast(kernel: Float32Array, scale: Float32Array): Float32Array {
  return kernel.map((value, at) => value * (scale[at % scale.length] ?? 0));
}

function shapeOf(name: string): [number, number, number, number] {
  const [a = 0, b = 0, c = 0, d = 0] = denseNet121Weights.find((weight) => weight.name === name)?.shape ?? [];
  return [a, b, c, d];
}

function valuesByName(weights: readonly NamedArray[]): (name: string) => Float32Array {
  const given = new Map(weights.map(({ name, values }) => [name, values]));
  for (const { name, shape } of denseNet121Weights) {
    const values = given.get(name);
    if (values?.length !== sizeOf(shape)) {
      throw new Error(`DenseNet-121 needs ${name} of shape ${shape}, got ${values?.length ?? "no"} numbers`);
    }
  }
  return (name) => given.get(name) ?? new Float32Array();
}
