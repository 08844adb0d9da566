import * as tf from "@tensorflow/tfjs-core";
import type { NamedArray } from "../named-array";
import { type Folded, foldWeights } from "./efficientnet-lite0-folding";
import { type Block, blocks } from "./efficientnet-lite0-layers";
import type { Base, NetworkSpec } from "./network";

export const efficientNetLite0Spec: NetworkSpec = {
  name: "efficientnet-lite0",
  title: "EfficientNet-Lite0",
  inputSize: 224,
  channels: 3,
  preprocess: "efficientnet-lite",
  featureWidth: 1280,
  parameters: 3_371_008,
  trainable: "head",
  featureMap: { height: 7, width: 7, channels: 1280 },
  needsWeights: true,
};

/**
 * EfficientNet-Lite0 (Tan and Le 2019; google, tpu/models/official/efficientnet/lite) for inference: ReLU6, no
 * squeeze-and-excitation, TensorFlow's "same" padding, every BatchNorm folded into the convolution before it.
 * `map` is what follows the last ReLU6.
 * @throws Error when a weight is missing or has another shape
 */
export function efficientNetLite0(weights: readonly NamedArray[]): Base {
  const folded = foldWeights(weights);
  return {
    spec: efficientNetLite0Spec,
    forward: (images) =>
      tf.tidy(() => {
        const map = lastMap(images, folded);
        return { map, features: tf.mean<tf.Tensor2D>(map, [1, 2]) };
      }),
    dispose: () => folded.dispose(),
  };
}

function lastMap(images: tf.Tensor4D, weights: Folded): tf.Tensor4D {
  let x = convolution(images, "stem_conv", 2, "relu6", weights);
  for (const block of blocks) x = replace(x, (input) => bottleneck(input, block, weights));
  return replace(x, (input) => convolution(input, "top_conv", 1, "relu6", weights));
}

function bottleneck(x: tf.Tensor4D, block: Block, weights: Folded): tf.Tensor4D {
  const { name, stride, input, expanded, output } = block;
  const wide = expanded === input ? x : convolution(x, `${name}_expand_conv`, 1, "relu6", weights);
  const filtered = tf.fused.depthwiseConv2d({
    x: wide,
    filter: weights.kernel(`${name}_dwconv`),
    strides: stride,
    pad: "same",
    bias: weights.bias(`${name}_dwconv`),
    activation: "relu6",
  });
  const narrow = convolution(filtered, `${name}_project_conv`, 1, "linear", weights);
  return stride === 1 && input === output ? tf.add(narrow, x) : narrow;
}

function convolution(
  x: tf.Tensor4D,
  conv: string,
  strides: number,
  activation: "relu6" | "linear",
  weights: Folded,
): tf.Tensor4D {
  return tf.fused.conv2d({
    x,
    filter: weights.kernel(conv),
    strides,
    pad: "same",
    bias: weights.bias(conv),
    activation,
  });
}

/** Frees the tensor that a block took as soon as it is done, so that one image's maps never pile up. */
function replace(x: tf.Tensor4D, block: (input: tf.Tensor4D) => tf.Tensor4D): tf.Tensor4D {
  const result = tf.tidy(() => block(x));
  x.dispose();
  return result;
}
