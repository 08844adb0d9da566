import * as tf from "@tensorflow/tfjs-core";
import { both, one } from "./saved";

/** Gradients of convolutions, pooling, padding and concatenation. */
export const windowGradients: readonly tf.GradConfig[] = [
  { kernelName: tf.Conv2D, inputsToSave: ["x", "filter"], gradFunc: convGradient },
  { kernelName: tf.DepthwiseConv2dNative, inputsToSave: ["x", "filter"], gradFunc: depthwiseGradient },
  { kernelName: tf.MaxPool, inputsToSave: ["x"], outputsToSave: [true], gradFunc: maxPoolGradient },
  { kernelName: tf.AvgPool, inputsToSave: ["x"], gradFunc: avgPoolGradient },
  { kernelName: tf.PadV2, inputsToSave: ["x"], gradFunc: padGradient },
  { kernelName: tf.Concat, saveAllInputs: true, gradFunc: concatGradient },
];

type Gradients = ReturnType<tf.GradFunc>;

function convGradient(dy: tf.Tensor | tf.Tensor[], saved: tf.Tensor[], attrs: tf.NamedAttrMap): Gradients {
  const [x, filter] = both(saved);
  return {
    x: () => run(tf.Conv2DBackpropInput, { dy: one(dy), filter }, { ...attrs, inputShape: x.shape }),
    filter: () => run(tf.Conv2DBackpropFilter, { x, dy: one(dy) }, { ...attrs, filterShape: filter.shape }),
  };
}

function depthwiseGradient(
  dy: tf.Tensor | tf.Tensor[],
  saved: tf.Tensor[],
  attrs: tf.NamedAttrMap,
): Gradients {
  const [x, filter] = both(saved);
  const ofInput = { ...attrs, inputShape: x.shape };
  const ofFilter = { ...attrs, filterShape: filter.shape };
  return {
    x: () => run(tf.DepthwiseConv2dNativeBackpropInput, { dy: one(dy), filter }, ofInput),
    filter: () => run(tf.DepthwiseConv2dNativeBackpropFilter, { x, dy: one(dy) }, ofFilter),
  };
}

function maxPoolGradient(dy: tf.Tensor | tf.Tensor[], saved: tf.Tensor[], attrs: tf.NamedAttrMap): Gradients {
  const [input, output] = both(saved);
  return { x: () => run(tf.MaxPoolGrad, { dy: one(dy), input, output }, attrs) };
}

function avgPoolGradient(dy: tf.Tensor | tf.Tensor[], saved: tf.Tensor[], attrs: tf.NamedAttrMap): Gradients {
  return { x: () => run(tf.AvgPoolGrad, { dy: one(dy), input: one(saved) }, attrs) };
}

function padGradient(dy: tf.Tensor | tf.Tensor[], saved: tf.Tensor[], attrs: tf.NamedAttrMap): Gradients {
  const paddings: unknown[] = Array.isArray(attrs.paddings) ? attrs.paddings.flat() : [];
  const before = paddings.filter((width) => typeof width === "number").filter((_, index) => index % 2 === 0);
  return { x: () => tf.slice(one(dy), before, one(saved).shape) };
}

/** Each part's own slice, cut only where that part has a use for it. */
function concatGradient(dy: tf.Tensor | tf.Tensor[], saved: tf.Tensor[], attrs: tf.NamedAttrMap): Gradients {
  const whole = one(dy);
  const [axis = 0] = tf.util.parseAxisParam(Number(attrs.axis), whole.shape);
  let start = 0;
  return Object.fromEntries(
    saved.map(({ shape }, index) => {
      const begin = whole.shape.map((_, own) => (own === axis ? start : 0));
      start += shape[axis] ?? 0;
      return [index, () => tf.slice(whole, begin, shape)];
    }),
  );
}

function run(kernel: string, inputs: tf.NamedTensorMap, attrs: tf.NamedAttrMap): tf.Tensor {
  return tf.engine().runKernel(kernel, inputs, attrs);
}
