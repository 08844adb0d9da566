import * as tf from "@tensorflow/tfjs-core";
import { type NamedArray, sizeOf } from "../named-array";

/** Which weights a network has, and where a BatchNorm stands right behind a convolution. */
export type Layout = {
  readonly title: string;
  /** As `layer/weight`, in the network's order. */
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** Of every BatchNorm. */
  readonly epsilon: number;
  /** The BatchNorm that can be folded into a convolution, if there is one behind it. */
  normBehind(convolution: string): string | null;
};

/** A network's weights as its layers use them: every BatchNorm by its stored statistics is x · scale + shift. */
export interface Folded {
  /** The convolution's kernel, times the scale of the BatchNorm behind it. */
  kernel(convolution: string): tf.Tensor4D;
  /** The shift of the BatchNorm behind a convolution. */
  bias(convolution: string): tf.Tensor1D;
  scale(norm: string): tf.Tensor1D;
  shift(norm: string): tf.Tensor1D;
}

/** Folds once and keeps the results. @throws Error when a weight is missing or has another shape. */
export function foldWeights(
  layout: Layout,
  weights: readonly NamedArray[],
): Folded & { readonly dispose: () => void } {
  const folded = foldMoving(layout, weights, new Map());
  const kept = new Map<string, tf.Tensor>();
  const keep = (key: string, make: () => tf.Tensor) => kept.set(key, tf.keep(tf.tidy(make)));
  const convolutions = layersWith(layout, "kernel");
  const foldedAway = new Set(convolutions.map((convolution) => layout.normBehind(convolution)));
  for (const convolution of convolutions) {
    keep(`${convolution}/kernel`, () => folded.kernel(convolution));
    if (layout.normBehind(convolution)) keep(`${convolution}/bias`, () => folded.bias(convolution));
  }
  for (const norm of layersWith(layout, "gamma").filter((layer) => !foldedAway.has(layer))) {
    keep(`${norm}/scale`, () => folded.scale(norm));
    keep(`${norm}/shift`, () => folded.shift(norm));
  }
  const found = (key: string) => {
    const tensor = kept.get(key);
    if (!tensor) throw new Error(`${layout.title} has no ${key}`);
    return tensor;
  };
  return {
    kernel: (convolution) => rank4(found(`${convolution}/kernel`)),
    bias: (convolution) => tf.reshape(found(`${convolution}/bias`), [-1]),
    scale: (norm) => tf.reshape(found(`${norm}/scale`), [-1]),
    shift: (norm) => tf.reshape(found(`${norm}/shift`), [-1]),
    dispose: () => tf.dispose([...kept.values()]),
  };
}

/**
 * Folds anew whenever a layer asks, so that gradients reach the kernels, gammas and betas among the `moving`
 * tensors. All other weights, and the statistics always, are as given.
 * @throws Error when a weight is missing or has another shape
 */
export function foldMoving(
  layout: Layout,
  weights: readonly NamedArray[],
  moving: ReadonlyMap<string, tf.Tensor>,
): Folded {
  const values = valuesByName(layout, weights);
  const shapes = new Map(layout.weights.map(({ name, shape }) => [name, [...shape]]));
  const weight = (name: string) => moving.get(name) ?? tf.tensor(values(name), shapes.get(name));
  const scale = (norm: string): tf.Tensor1D => {
    const variance = values(`${norm}/moving_variance`);
    return tf.mul(
      weight(`${norm}/gamma`),
      variance.map((own) => 1 / Math.sqrt(own + layout.epsilon)),
    );
  };
  const shift = (norm: string): tf.Tensor1D =>
    tf.sub(weight(`${norm}/beta`), tf.mul(scale(norm), values(`${norm}/moving_mean`)));
  const normOf = (convolution: string) => {
    const norm = layout.normBehind(convolution);
    if (!norm) throw new Error(`${layout.title} has no BatchNorm behind ${convolution}`);
    return norm;
  };
  return {
    kernel(convolution) {
      const kernel = rank4(weight(`${convolution}/kernel`));
      if (!layout.normBehind(convolution)) return kernel;
      const channels = scale(normOf(convolution));
      // A depthwise kernel [h, w, channels, 1] has the channel before the last axis.
      return tf.mul(kernel, kernel.shape[3] === 1 ? tf.reshape(channels, [-1, 1]) : channels);
    },
    bias: (convolution) => shift(normOf(convolution)),
    scale,
    shift,
  };
}

function layersWith(layout: Layout, weight: string): string[] {
  const end = `/${weight}`;
  return layout.weights.flatMap(({ name }) => (name.endsWith(end) ? [name.slice(0, -end.length)] : []));
}

function rank4(kernel: tf.Tensor): tf.Tensor4D {
  const [height = 0, width = 0, input = 0, output = 0] = kernel.shape;
  return tf.reshape(kernel, [height, width, input, output]);
}

function valuesByName(layout: Layout, weights: readonly NamedArray[]): (name: string) => Float32Array {
  const given = new Map(weights.map(({ name, values }) => [name, values]));
  for (const { name, shape } of layout.weights) {
    const values = given.get(name);
    if (values?.length === sizeOf(shape)) continue;
    throw new Error(`${layout.title} needs ${name} of shape ${shape}, got ${values?.length ?? "no"} numbers`);
  }
  return (name) => given.get(name) ?? new Float32Array();
}
