import * as tf from "@tensorflow/tfjs-core";

/**
 * Registers the gradients of the operations that our networks are made of, where they are not there yet. The
 * Node bundle of tfjs-core 4.22 has none; they come with the whole of `@tensorflow/tfjs`, and with it three
 * backends and a layers library that nothing here uses.
 */
export function registerGradients(): void {
  registerMissing({ kernelName: tf.Add, inputsToSave: ["a", "b"], gradFunc: addGradient });
  registerMissing({ kernelName: tf.Multiply, inputsToSave: ["a", "b"], gradFunc: multiplyGradient });
  registerMissing({ kernelName: tf.Relu, inputsToSave: ["x"], gradFunc: reluGradient });
  registerMissing({ kernelName: tf.Reshape, inputsToSave: ["x"], gradFunc: reshapeGradient });
  registerMissing({ kernelName: tf.Mean, inputsToSave: ["x"], gradFunc: meanGradient });
  registerMissing({ kernelName: tf.Conv2D, inputsToSave: ["x", "filter"], gradFunc: convGradient });
  registerMissing({
    kernelName: tf.DepthwiseConv2dNative,
    inputsToSave: ["x", "filter"],
    gradFunc: depthwiseGradient,
  });
}

function registerMissing(gradient: tf.GradConfig): void {
  if (!tf.getGradient(gradient.kernelName)) tf.registerGradient(gradient);
}

const addGradient: tf.GradFunc = (dy, saved) => {
  const [a, b] = both(saved);
  return { a: () => sumTo(one(dy), a.shape), b: () => sumTo(one(dy), b.shape) };
};

const multiplyGradient: tf.GradFunc = (dy, saved) => {
  const [a, b] = both(saved);
  return {
    a: () => sumTo(tf.mul(one(dy), b), a.shape),
    b: () => sumTo(tf.mul(one(dy), a), b.shape),
  };
};

const reluGradient: tf.GradFunc = (dy, saved) => ({ x: () => tf.mul(one(dy), tf.step(one(saved))) });

const reshapeGradient: tf.GradFunc = (dy, saved) => ({ x: () => tf.reshape(one(dy), one(saved).shape) });

const meanGradient: tf.GradFunc = (dy, saved, attrs) => {
  const x = one(saved);
  const axes = axisOf(attrs, x);
  const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const share = 1 / axes.reduce((count, axis) => count * (x.shape[axis] ?? 1), 1);
  return { x: () => tf.mul(tf.reshape(one(dy), kept), tf.fill(x.shape, share)) };
};

const convGradient: tf.GradFunc = (dy, saved, attrs) => {
  const [x, filter] = both(saved);
  const run = (kernel: string, inputs: tf.NamedTensorMap, shape: tf.NamedAttrMap): tf.Tensor =>
    tf.engine().runKernel(kernel, inputs, { ...attrs, ...shape });
  return {
    x: () => run(tf.Conv2DBackpropInput, { dy: one(dy), filter }, { inputShape: x.shape }),
    filter: () => run(tf.Conv2DBackpropFilter, { x, dy: one(dy) }, { filterShape: filter.shape }),
  };
};

const depthwiseGradient: tf.GradFunc = (dy, saved, attrs) => {
  const [x, filter] = both(saved);
  const run = (kernel: string, inputs: tf.NamedTensorMap, shape: tf.NamedAttrMap): tf.Tensor =>
    tf.engine().runKernel(kernel, inputs, { ...attrs, ...shape });
  return {
    x: () => run(tf.DepthwiseConv2dNativeBackpropInput, { dy: one(dy), filter }, { inputShape: x.shape }),
    filter: () =>
      run(tf.DepthwiseConv2dNativeBackpropFilter, { x, dy: one(dy) }, { filterShape: filter.shape }),
  };
};

/** Undoes broadcasting: sums the gradient over the axes along which an input was repeated. */
function sumTo(dy: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.backend_util.getReductionAxes(shape, dy.shape);
  return tf.reshape(axes.length > 0 ? tf.sum(dy, axes) : dy, shape);
}

/** The reduced axes; all of them when the attribute is empty. */
function axisOf(attrs: tf.NamedAttrMap, x: tf.Tensor): number[] {
  const axis: unknown[] = Array.isArray(attrs.axis) ? attrs.axis : [attrs.axis];
  const named = axis.filter((entry) => typeof entry === "number");
  return named.length > 0 ? tf.util.parseAxisParam(named, x.shape) : x.shape.map((_, index) => index);
}

function one(value: tf.Tensor | tf.Tensor[]): tf.Tensor {
  const [first] = Array.isArray(value) ? value : [value];
  if (!first) throw new Error("A gradient was called without its tensor");
  return first;
}

function both(saved: tf.Tensor[]): [tf.Tensor, tf.Tensor] {
  const [first, second] = saved;
  if (!first || !second) throw new Error("A gradient was called without its two saved tensors");
  return [first, second];
}
