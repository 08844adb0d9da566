import * as tf from "@tensorflow/tfjs-core";
import { type NamedArray, sizeOf } from "../named-array";
import { convolutions, efficientNetLite0Weights, type NormedConvolution } from "./efficientnet-lite0-layers";

/** Weights on the engine: each convolution with the BatchNorm behind it folded in. */
export interface Folded {
  kernel(conv: string): tf.Tensor4D;
  bias(conv: string): tf.Tensor1D;
  dispose(): void;
}

/** The epsilon of every BatchNorm, as in the TensorFlow implementation that the published weights come from. */
export const epsilon = 1e-3;

/** @throws Error when a weight is missing or has another shape. */
export function foldWeights(weights: readonly NamedArray[]): Folded {
  const values = valuesByName(weights);
  const kernels = new Map<string, tf.Tensor4D>();
  const biases = new Map<string, tf.Tensor1D>();
  for (const convolution of convolutions) {
    const { conv, norm, shape } = convolution;
    const mean = values(`${norm}/moving_mean`);
    const gamma = values(`${norm}/gamma`);
    const scale = values(`${norm}/moving_variance`).map(
      (variance, channel) => (gamma[channel] ?? 0) / Math.sqrt(variance + epsilon),
    );
    const shift = values(`${norm}/beta`).map(
      (offset, channel) => offset - (mean[channel] ?? 0) * (scale[channel] ?? 0),
    );
    kernels.set(conv, tf.tensor4d(scaled(values(`${conv}/kernel`), scale, convolution), [...shape]));
    biases.set(conv, tf.tensor1d(shift));
  }
  return {
    kernel: (conv) => found(kernels.get(conv), conv),
    bias: (conv) => found(biases.get(conv), conv),
    dispose: () => tf.dispose([...kernels.values(), ...biases.values()]),
  };
}

/** The channel that BatchNorm scales is the kernel's last; a depthwise kernel [k, k, c, 1] has it before. */
function scaled(kernel: Float32Array, scale: Float32Array, { shape }: NormedConvolution): Float32Array {
  const [, , input, output] = shape;
  const channels = output === 1 ? input : output;
  return kernel.map((value, at) => value * (scale[at % channels] ?? 0));
}

function found<T>(tensor: T | undefined, conv: string): T {
  if (!tensor) throw new Error(`EfficientNet-Lite0 has no ${conv}`);
  return tensor;
}

function valuesByName(weights: readonly NamedArray[]): (name: string) => Float32Array {
  const given = new Map(weights.map(({ name, values }) => [name, values]));
  for (const { name, shape } of efficientNetLite0Weights) {
    const values = given.get(name);
    if (values?.length !== sizeOf(shape)) {
      throw new Error(
        `EfficientNet-Lite0 needs ${name} of shape ${shape}, got ${values?.length ?? "no"} numbers`,
      );
    }
  }
  return (name) => given.get(name) ?? new Float32Array();
}
