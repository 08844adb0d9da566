import * as tf from "@tensorflow/tfjs-core";
import type { NamedArray } from "../named-array";
import type { MapEnd } from "../weights/facts";
import { type Folded, foldWeights } from "./densenet121-folding";
import { blocks } from "./densenet121-layers";
import type { Base, NetworkSpec } from "./network";

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

/**
 * DenseNet-121 (Huang et al. 2017) as in Keras Applications, for inference: every BatchNorm uses its stored
 * statistics and is folded into the convolution before it, or is one scale and shift. `map` is what follows
 * the last ReLU, or for weights that were trained without it ("bn") the last BatchNorm.
 * @throws Error when a weight is missing or has another shape; `loadWeights` says so in plain words before.
 */
export function denseNet121(weights: readonly NamedArray[], ends: MapEnd = "relu"): Base {
  const folded = foldWeights(weights);
  return {
    spec: denseNet121Spec,
    forward: (images) =>
      tf.tidy(() => {
        const map = lastMap(images, folded, ends);
        return { map, features: tf.mean<tf.Tensor2D>(map, [1, 2]) };
      }),
    dispose: () => folded.dispose(),
  };
}

function lastMap(images: tf.Tensor4D, weights: Folded, ends: MapEnd): tf.Tensor4D {
  let x = stem(images, weights);
  for (const { name, layers, transition } of blocks) {
    for (let layer = 1; layer <= layers; layer++)
      x = replace(x, (input) => dense(input, `${name}_block${layer}`, weights));
    if (transition) x = replace(x, (input) => shrink(input, transition, weights));
  }
  return replace(x, (input) => (ends === "relu" ? affineRelu : affine)(input, "bn", weights));
}

function stem(images: tf.Tensor4D, weights: Folded): tf.Tensor4D {
  return tf.tidy(() => {
    const padded: tf.Tensor4D = tf.pad(images, margins(3));
    const convolved = convRelu(padded, "conv1_conv", 2, weights);
    return tf.maxPool(tf.pad<tf.Tensor4D>(convolved, margins(1)), 3, 2, "valid");
  });
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
  const bias = weights.bias(name);
  return tf.fused.conv2d({
    x,
    filter: weights.kernel(name),
    strides,
    pad: "valid",
    bias,
    activation: "relu",
  });
}

function affineRelu(x: tf.Tensor4D, name: string, weights: Folded): tf.Tensor4D {
  return tf.relu(affine(x, name, weights));
}

function affine(x: tf.Tensor4D, name: string, weights: Folded): tf.Tensor4D {
  return tf.add(tf.mul(x, weights.scale(name)), weights.shift(name));
}

/** Frees the tensor that a layer took as soon as it is done, so that one image's maps never pile up. */
function replace(x: tf.Tensor4D, layer: (input: tf.Tensor4D) => tf.Tensor4D): tf.Tensor4D {
  const result = tf.tidy(() => layer(x));
  x.dispose();
  return result;
}

function margins(width: number): [number, number][] {
  return [
    [0, 0],
    [width, width],
    [width, width],
    [0, 0],
  ];
}
