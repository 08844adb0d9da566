import type * as tf from "@tensorflow/tfjs-core";

/** The gradient that an operation with one output is handed. */
export function one(value: tf.Tensor | tf.Tensor[]): tf.Tensor {
  const [first] = Array.isArray(value) ? value : [value];
  if (!first) throw new Error("A gradient was called without its tensor");
  return first;
}

/** The two tensors that an operation kept for its gradient. */
export function both(saved: tf.Tensor[]): [tf.Tensor, tf.Tensor] {
  const [first, second] = saved;
  if (!first || !second) throw new Error("A gradient was called without its two saved tensors");
  return [first, second];
}
