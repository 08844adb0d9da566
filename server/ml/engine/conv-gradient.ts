import * as tf from "@tensorflow/tfjs-core";
import { type ConvolutionAttributes, convGeometry, frame } from "./conv-geometry";

/**
 * Gradient of a convolution's filter [kh, kw, in, out] from its input `x` [b, h, w, in] and the output's
 * gradient `dy` [b, oh, ow, out]. It is itself a convolution: the input's channels as the batch, the batch as
 * the channels, `dy` as the filter, the stride as the dilation. So the whole runs in one SIMD kernel and
 * copies no patches (strided slices are 20 times slower on wasm).
 */
export function convFilterGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  attributes: ConvolutionAttributes,
): tf.Tensor4D {
  const geometry = convGeometry(x.shape, attributes.wanted, attributes);
  const { stride, kernel, output } = geometry;
  const seen: [number, number] = [
    (output[0] - 1) * stride[0] + kernel[0],
    (output[1] - 1) * stride[1] + kernel[1],
  ];
  const input: tf.Tensor4D = tf.transpose(frame(x, geometry.before, seen), [3, 1, 2, 0]);
  const filter: tf.Tensor4D = tf.transpose(dy, [1, 2, 0, 3]);
  const gradient = tf.conv2d(input, filter, 1, "valid", "NHWC", stride); // [in, kh, kw, out]
  return tf.transpose(gradient, [1, 2, 0, 3]);
}

/**
 * Gradient of a convolution's input [b, h, w, in] from its filter [kh, kw, in, out] and `dy`
 * [b, oh, ow, out]. Rows s·q + r of the input meet only the filter's rows r, r + s, …, so one convolution of
 * `dy` with in · s² channels gives all phases at once, and interleaving puts them in place (sub-pixel
 * convolution, Shi et al. 2016): no multiplication by the zeros of a dilated `dy`.
 */
export function convInputGradient(
  filter: tf.Tensor4D,
  dy: tf.Tensor4D,
  attributes: ConvolutionAttributes,
): tf.Tensor4D {
  const { stride, kernel, before, input } = convGeometry(attributes.wanted, filter.shape, attributes);
  const step = Math.max(...stride);
  if (stride.some((own) => own !== step)) throw new Error(`No gradient for unequal strides ${stride}`);
  const taps: [number, number] = [Math.ceil(kernel[0] / step), Math.ceil(kernel[1] / step)];
  // Only the blocks of `step` rows and columns that hold a pixel of the input.
  const first: [number, number] = [Math.floor(before[0] / step), Math.floor(before[1] / step)];
  const blocks: [number, number] = [
    Math.ceil((before[0] + input[0]) / step) - first[0],
    Math.ceil((before[1] + input[1]) / step) - first[1],
  ];
  const seen = frame(
    dy,
    [taps[0] - 1 - first[0], taps[1] - 1 - first[1]],
    [blocks[0] + taps[0] - 1, blocks[1] + taps[1] - 1],
  );
  const phases = tf.conv2d(seen, phaseFilter(filter, step, taps), 1, "valid");
  const offset: [number, number] = [first[0] * step - before[0], first[1] * step - before[1]];
  return frame(interleave(phases, step), offset, input);
}

/** [b, h, w, s · s · c] to [b, s · h, s · w, c]; four times faster than wasm's own depth-to-space. */
function interleave(phases: tf.Tensor4D, step: number): tf.Tensor4D {
  if (step === 1) return phases;
  const [batch, height, width, depth] = phases.shape;
  const rows = tf.reshape(phases, [batch * height, width, step, depth / step]);
  return tf.reshape(tf.transpose(rows, [0, 2, 1, 3]), [
    batch,
    height * step,
    width * step,
    depth / (step * step),
  ]);
}

/** [kh, kw, in, out] to the flipped filter of all phases, [rows, columns, out, step · step · in]. */
function phaseFilter(filter: tf.Tensor4D, step: number, [rows, columns]: [number, number]): tf.Tensor4D {
  const [height, width, input, output] = filter.shape;
  const padded = tf.pad(filter, [
    [0, rows * step - height],
    [0, columns * step - width],
    [0, 0],
    [0, 0],
  ]);
  const split = tf.reshape(padded, [rows, step, columns, step, input, output]);
  const flipped = tf.reverse(split, [0, 2]);
  return tf.reshape(tf.transpose(flipped, [0, 2, 5, 1, 3, 4]), [rows, columns, output, step * step * input]);
}
