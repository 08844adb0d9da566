import * as tf from "@tensorflow/tfjs-core";
import type { NamedArray } from "../named-array";
import type { MapEnd } from "../weights/facts";
import { blocks, denseNet121Weights } from "./densenet121-layers";
import type { Folded } from "./folding";
import type { Base, NetworkSpec } from "./network";
import { frozenBase, replace, type Stage, type StagedNetwork } from "./staged";

export const denseNet121Spec: NetworkSpec = {
  name: "densenet121",
  title: "DenseNet-121",
  inputSize: 224,
  channels: 3,
  preprocess: "imagenet",
  featureWidth: 1024,
  parameters: 7_037_504,
  trainable: "head",
  featureMap: { height: 7, width: 7, channels: 1024 },
  needsWeights: true,
};

const stages = (ends: MapEnd): readonly Stage[] => [
  { name: "conv1", apply: stem },
  ...blocks.flatMap(({ name, layers, transition }): Stage[] => [
    { name, apply: (x, weights) => denseBlock(x, name, layers, weights) },
    ...(transition
      ? [{ name: transition, apply: (x: tf.Tensor4D, weights: Folded) => shrink(x, transition, weights) }]
      : []),
  ]),
  { name: "bn", apply: (x, weights) => (ends === "relu" ? affineRelu : affine)(x, "bn", weights) },
];

/**
 * DenseNet-121 (Huang et al. 2017) as in Keras Applications: every BatchNorm uses its stored statistics and is
 * folded into the convolution before it, or is one scale and shift. The map is what follows the last ReLU, or for
 * weights that were trained without it ("bn") the last BatchNorm.
 */
export const denseNet121Network = (ends: MapEnd = "relu"): StagedNetwork => ({
  spec: denseNet121Spec,
  layout: {
    title: "DenseNet-121",
    weights: denseNet121Weights,
    epsilon: 1.001e-5, // Keras Applications'
    normBehind: (convolution) => {
      if (convolution === "conv1_conv") return "conv1_bn";
      return convolution.endsWith("_1_conv") ? convolution.replace(/_1_conv$/, "_1_bn") : null;
    },
  },
  stages: stages(ends),
});

/**
 * {@link denseNet121Network} for inference.
 * @throws Error when a weight is missing or has another shape; `loadWeights` says so in plain words before.
 */
export function denseNet121(weights: readonly NamedArray[], ends: MapEnd = "relu"): Base {
  return frozenBase(denseNet121Network(ends), weights);
}

function stem(images: tf.Tensor4D, weights: Folded): tf.Tensor4D {
  const padded: tf.Tensor4D = tf.pad(images, margins(3));
  const convolved = convRelu(padded, "conv1_conv", 2, weights);
  return tf.maxPool(tf.pad<tf.Tensor4D>(convolved, margins(1)), 3, 2, "valid");
}

function denseBlock(x: tf.Tensor4D, name: string, layers: number, weights: Folded): tf.Tensor4D {
  let block = dense(x, `${name}_block1`, weights);
  for (let layer = 2; layer <= layers; layer++) {
    block = replace(block, (input) => dense(input, `${name}_block${layer}`, weights));
  }
  return block;
}

/** A dense layer: its 32 new channels stand behind those it got. */
function dense(x: tf.Tensor4D, name: string, weights: Folded): tf.Tensor4D {
  const bottleneck = convRelu(affineRelu(x, `${name}_0_bn`, weights), `${name}_1_conv`, 1, weights);
  return tf.concat([x, tf.conv2d(bottleneck, weights.kernel(`${name}_2_conv`), 1, "same")], 3);
}

/** Half the channels, half the size. Averaging before the 1 × 1 convolution gives the same for a quarter. */
function shrink(x: tf.Tensor4D, name: string, weights: Folded): tf.Tensor4D {
  const averaged = tf.avgPool(affineRelu(x, `${name}_bn`, weights), 2, 2, "valid");
  return tf.conv2d(averaged, weights.kernel(`${name}_conv`), 1, "valid");
}

/** Convolution with the BatchNorm behind it folded in, and ReLU. */
function convRelu(x: tf.Tensor4D, name: string, strides: number, weights: Folded): tf.Tensor4D {
  return tf.fused.conv2d({
    x,
    filter: weights.kernel(name),
    strides,
    pad: "valid",
    bias: weights.bias(name),
    activation: "relu",
  });
}

function affineRelu(x: tf.Tensor4D, name: string, weights: Folded): tf.Tensor4D {
  return tf.relu(affine(x, name, weights));
}

function affine(x: tf.Tensor4D, name: string, weights: Folded): tf.Tensor4D {
  return tf.add(tf.mul(x, weights.scale(name)), weights.shift(name));
}

function margins(width: number): [number, number][] {
  return [
    [0, 0],
    [width, width],
    [width, width],
    [0, 0],
  ];
}
