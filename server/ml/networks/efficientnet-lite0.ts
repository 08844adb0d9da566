import * as tf from "@tensorflow/tfjs-core";
import type { NamedArray } from "../named-array";
import { type Block, blocks, convolutions, efficientNetLite0Weights } from "./efficientnet-lite0-layers";
import type { Folded } from "./folding";
import type { Base, NetworkSpec } from "./network";
import { frozenBase, replace, type Stage, type StagedNetwork } from "./staged";

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

const stageNames = [...new Set(blocks.map(({ name }) => name.slice(0, -1)))];

const stages: readonly Stage[] = [
  { name: "stem", apply: (x, weights) => convolution(x, "stem_conv", 2, "relu6", weights) },
  ...stageNames.map((name) => ({
    name,
    apply: (x: tf.Tensor4D, weights: Folded) => stage(x, name, weights),
  })),
  { name: "top", apply: (x, weights) => convolution(x, "top_conv", 1, "relu6", weights) },
];

const norms = new Map(convolutions.map(({ conv, norm }) => [conv, norm]));

/**
 * EfficientNet-Lite0 (Tan and Le 2019; google, tpu/models/official/efficientnet/lite): ReLU6, no
 * squeeze-and-excitation, TensorFlow's "same" padding, every BatchNorm with its stored statistics folded into the
 * convolution before it. The map is what follows the last ReLU6.
 */
export const efficientNetLite0Network: StagedNetwork = {
  spec: efficientNetLite0Spec,
  layout: {
    title: "EfficientNet-Lite0",
    weights: efficientNetLite0Weights,
    epsilon: 1e-3, // as in the TensorFlow implementation that the published weights come from
    normBehind: (convolution) => norms.get(convolution) ?? null,
  },
  stages,
};

/** {@link efficientNetLite0Network} for inference. @throws Error when a weight is missing or has another shape */
export function efficientNetLite0(weights: readonly NamedArray[]): Base {
  return frozenBase(efficientNetLite0Network, weights);
}

/** The blocks `block2a`, `block2b`, … of the stage `block2`. */
function stage(x: tf.Tensor4D, name: string, weights: Folded): tf.Tensor4D {
  return blocks
    .filter((block) => block.name.startsWith(name))
    .reduce(
      (input, block, index) =>
        index === 0
          ? bottleneck(input, block, weights)
          : replace(input, () => bottleneck(input, block, weights)),
      x,
    );
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
