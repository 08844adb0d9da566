import * as tf from "@tensorflow/tfjs-core";
import type { Pooling } from "./pooling";

/**
 * Feature maps [n, h, w, c] as vectors [n, width], as `poolMap` does it for one; with a gradient on every engine,
 * which is why the windows are means of reshaped slices and no pooling kernel.
 */
export function poolTensor(map: tf.Tensor4D, pooling: Pooling): tf.Tensor2D {
  if (pooling === "gap") return tf.mean<tf.Tensor2D>(map, [1, 2]);
  const [count, height, width, channels] = map.shape;
  const [rows, columns] = [Math.floor(height / 4), Math.floor(width / 4)];
  const seen = tf.slice(map, [0, 0, 0, 0], [count, rows * 4, columns * 4, channels]);
  const down = tf.mean<tf.Tensor3D>(tf.reshape(seen, [count * rows, 4, columns * 4, channels]), 1);
  const across = tf.mean<tf.Tensor2D>(tf.reshape(down, [count * rows * columns, 4, channels]), 1);
  return tf.reshape(across, [count, rows * columns * channels]);
}
