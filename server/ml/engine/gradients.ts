import * as tf from "@tensorflow/tfjs-core";
import { both, one } from "./saved";
import { windowGradients } from "./window-gradients";

/**
 * Registers the gradients of the operations that our networks are made of, the same on every engine. The Node
 * bundle of tfjs-core 4.22 has none; those that come with `@tensorflow/tfjs` make tensors of ones as large as a
 * layer, cut what nobody uses, and keep what goes into a ReLU beside what comes out.
 */
export function registerGradients(): void {
  const gradients: tf.GradConfig[] = [
    { kernelName: tf.Add, inputsToSave: ["a", "b"], gradFunc: addGradient },
    { kernelName: tf.Sub, inputsToSave: ["a", "b"], gradFunc: subGradient },
    { kernelName: tf.Multiply, inputsToSave: ["a", "b"], gradFunc: multiplyGradient },
    { kernelName: tf.Relu, outputsToSave: [true], gradFunc: reluGradient },
    { kernelName: tf.Relu6, outputsToSave: [true], gradFunc: relu6Gradient },
    { kernelName: tf.Reshape, inputsToSave: ["x"], gradFunc: reshapeGradient },
    { kernelName: tf.Cast, gradFunc: (dy) => ({ x: () => tf.clone(one(dy)) }) },
    { kernelName: tf.Mean, inputsToSave: ["x"], gradFunc: meanGradient },
    ...windowGradients,
  ];
  for (const gradient of gradients) tf.registerGradient(gradient);
}

const addGradient: tf.GradFunc = (dy, saved) => {
  const [a, b] = both(saved);
  return { a: () => sumTo(one(dy), a.shape), b: () => sumTo(one(dy), b.shape) };
};

const subGradient: tf.GradFunc = (dy, saved) => {
  const [a, b] = both(saved);
  return { a: () => sumTo(one(dy), a.shape), b: () => tf.mul(sumTo(one(dy), b.shape), -1) };
};

const multiplyGradient: tf.GradFunc = (dy, saved) => {
  const [a, b] = both(saved);
  return {
    a: () => sumTo(tf.mul(one(dy), b), a.shape),
    b: () => sumTo(tf.mul(one(dy), a), b.shape),
  };
};

/** Where a ReLU let something through, it let the gradient through. */
const reluGradient: tf.GradFunc = (dy, saved) => ({
  x: () => own("ReluGrad", one(dy), one(saved)) ?? tf.mul(one(dy), tf.step(one(saved))),
});

const relu6Gradient: tf.GradFunc = (dy, saved) => ({
  x: () => {
    const y = one(saved);
    const open = () => tf.mul(tf.step(y), tf.step(tf.sub(6, y)));
    return own("Relu6Grad", one(dy), y) ?? tf.mul(one(dy), open());
  },
});

/** An activation's gradient in one operation, where the backend has it. */
function own(kernel: string, dy: tf.Tensor, y: tf.Tensor): tf.Tensor | null {
  if (!tf.getKernel(kernel, tf.getBackend())) return null;
  return tf.engine().runKernel(kernel, { dy, y });
}

const reshapeGradient: tf.GradFunc = (dy, saved) => ({ x: () => tf.reshape(one(dy), one(saved).shape) });

const meanGradient: tf.GradFunc = (dy, saved, attrs) => {
  const x = one(saved);
  const axes = axisOf(attrs, x);
  const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const share = 1 / axes.reduce((count, axis) => count * (x.shape[axis] ?? 1), 1);
  return { x: () => tf.mul(tf.reshape(one(dy), kept), tf.fill(x.shape, share)) };
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
