import * as tf from "@tensorflow/tfjs-core";

export type Shape4 = [number, number, number, number];

export type ConvolutionAttributes = {
  readonly stride: [number, number];
  readonly padding: "same" | "valid";
  /** The shape of the side whose gradient is wanted: of the input, or of the filter. */
  readonly wanted: Shape4;
};

export type Geometry = {
  readonly stride: [number, number];
  readonly kernel: [number, number];
  /** Zeros before the first row and the first column. */
  readonly before: [number, number];
  readonly input: [number, number];
  readonly output: [number, number];
};

/**
 * A convolution kernel's attributes as TensorFlow.js hands them over, checked.
 * @throws Error for another layout than NHWC, a dilation, or numeric padding: no network here uses them.
 */
export function convolutionAttributes(attrs: tf.NamedAttrMap): ConvolutionAttributes {
  const { strides, pad, dataFormat, dilations, inputShape, filterShape } = attrs;
  if (dataFormat !== undefined && dataFormat !== "NHWC")
    throw new Error(`No gradient for layout ${dataFormat}`);
  const padding = (["same", "valid"] as const).find((known) => known === pad);
  if (!padding) throw new Error(`No gradient for padding ${JSON.stringify(pad)}`);
  const dilation = numbers(dilations ?? 1);
  if (dilation.some((step) => step !== 1)) throw new Error(`No gradient for dilation ${dilation}`);
  const [height = 1, width = height] = numbers(strides);
  const [a, b, c, d, ...rest] = numbers(inputShape ?? filterShape);
  if (a === undefined || b === undefined || c === undefined || d === undefined || rest.length > 0) {
    throw new Error("A convolution's gradient needs the shape of rank 4 that it is for");
  }
  return { stride: [height, width], padding, wanted: [a, b, c, d] };
}

/** Where the windows of a convolution lie: `input` and `filter` are NHWC and HWIO shapes. */
export function convGeometry(input: Shape4, filter: Shape4, attributes: ConvolutionAttributes): Geometry {
  const info = tf.backend_util.computeConv2DInfo(
    input,
    [filter[0], filter[1], input[3], 1],
    attributes.stride,
    1,
    attributes.padding,
  );
  return {
    stride: attributes.stride,
    kernel: [filter[0], filter[1]],
    before: [info.padInfo.top, info.padInfo.left],
    input: [info.inHeight, info.inWidth],
    output: [info.outHeight, info.outWidth],
  };
}

/**
 * Cuts or zero-pads height and width to `size`, starting `before` rows and columns ahead of the first one:
 * `x` [b, h, w, c] to [b, size[0], size[1], c].
 */
export function frame(x: tf.Tensor4D, before: [number, number], size: [number, number]): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const top = Math.max(before[0], 0);
  const left = Math.max(before[1], 0);
  const firstRow = Math.max(-before[0], 0);
  const firstColumn = Math.max(-before[1], 0);
  const rows = Math.min(height - firstRow, size[0] - top);
  const columns = Math.min(width - firstColumn, size[1] - left);
  const cut: tf.Tensor4D =
    rows === height && columns === width
      ? x
      : tf.slice(x, [0, firstRow, firstColumn, 0], [batch, rows, columns, channels]);
  if (rows === size[0] && columns === size[1]) return cut;
  return tf.pad(cut, [
    [0, 0],
    [top, size[0] - top - rows],
    [left, size[1] - left - columns],
    [0, 0],
  ]);
}

function numbers(value: unknown): number[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.map((entry) => {
    if (typeof entry !== "number")
      throw new Error(`Expected numbers in a convolution's attributes, got ${entry}`);
    return entry;
  });
}
