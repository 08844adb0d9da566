import * as tf from "@tensorflow/tfjs-core";
import { type ConvolutionAttributes, convGeometry, frame, type Geometry } from "./conv-geometry";

/**
 * Gradient of a depthwise convolution's filter [kh, kw, in, multiplier] from its input `x` [b, h, w, in] and
 * the output's gradient `dy` [b, oh, ow, in · multiplier]: for each tap the sum over the windows.
 */
export function depthwiseFilterGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  attributes: ConvolutionAttributes,
): tf.Tensor {
  const [, , channels, multiplier] = attributes.wanted;
  const geometry = convGeometry(x.shape, attributes.wanted, attributes);
  const perChannel = tf.reshape(dy, [-1, channels, multiplier]);
  const taps = everyTap(geometry, (row, column) => {
    const window = tf.reshape(windowsAt(x, geometry, row, column), [-1, channels, 1]);
    return tf.sum(tf.mul(window, perChannel), 0);
  });
  return tf.reshape(tf.stack(taps), attributes.wanted);
}

/**
 * Gradient of a depthwise convolution's input [b, h, w, in] from its filter [kh, kw, in, multiplier] and `dy`
 * [b, oh, ow, in · multiplier]: each tap's share of `dy`, spread by the stride and moved to where it looked.
 */
export function depthwiseInputGradient(
  filter: tf.Tensor4D,
  dy: tf.Tensor4D,
  attributes: ConvolutionAttributes,
): tf.Tensor {
  const [height, width, channels, multiplier] = filter.shape;
  const geometry = convGeometry(attributes.wanted, filter.shape, attributes);
  const [batch, rows, columns] = dy.shape;
  const perChannel = tf.reshape(dy, [-1, channels, multiplier]);
  const weights = tf.unstack(tf.reshape(filter, [height * width, 1, channels, multiplier]));
  const shares = everyTap(geometry, (row, column, index) => {
    const weight = weights[index];
    if (!weight) throw new Error(`No tap ${index} in a filter of shape ${filter.shape}`);
    const share: tf.Tensor4D = tf.reshape(tf.sum(tf.mul(perChannel, weight), 2), [
      batch,
      rows,
      columns,
      channels,
    ]);
    return frame(
      spread(share, geometry.stride),
      [row - geometry.before[0], column - geometry.before[1]],
      geometry.input,
    );
  });
  return tf.addN(shares);
}

function everyTap<T>(geometry: Geometry, tap: (row: number, column: number, index: number) => T): T[] {
  const [rows, columns] = geometry.kernel;
  return Array.from({ length: rows * columns }, (_, i) => tap(Math.floor(i / columns), i % columns, i));
}

function windowsAt(
  x: tf.Tensor4D,
  { before, stride, output }: Geometry,
  row: number,
  column: number,
): tf.Tensor {
  const size: [number, number] = [(output[0] - 1) * stride[0] + 1, (output[1] - 1) * stride[1] + 1];
  const from = frame(x, [before[0] - row, before[1] - column], size);
  return tf.stridedSlice(from, [0, 0, 0, 0], from.shape, [1, stride[0], stride[1], 1]);
}

/** Zeros between rows and columns, so that neighbours stand `stride` apart. */
function spread(x: tf.Tensor4D, stride: [number, number]): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const columns = tf.pad(tf.reshape(x, [batch * height, width, 1, channels]), [
    [0, 0],
    [0, 0],
    [0, stride[1] - 1],
    [0, 0],
  ]);
  const rows = tf.pad(tf.reshape(columns, [batch, height, 1, width * stride[1] * channels]), [
    [0, 0],
    [0, 0],
    [0, stride[0] - 1],
    [0, 0],
  ]);
  return tf.reshape(rows, [batch, height * stride[0], width * stride[1], channels]);
}
