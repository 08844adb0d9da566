import * as tf from "@tensorflow/tfjs-core";
import { attribute } from "./attributes";
import type { Attributes, NodeAttributes } from "./kernel";

/** Strides, window and padding of a convolution or pooling in NHWC, as TensorFlow.js gives them. */
type Windows = { readonly stride: [number, number]; readonly padding: "same" | "valid" };

export function windowsOf(attributes: Attributes): Windows {
  const [height = 1, width = height] = attributes.numbers("strides");
  const padding = (["same", "valid"] as const).find((known) => known === attributes.text("pad"));
  if (!padding) throw new Error("Only padding same and valid can be compiled");
  if (attributes.numbers("dilations").some((step) => step !== 1)) {
    throw new Error("Dilated convolutions cannot be compiled");
  }
  return { stride: [height, width], padding };
}

/** The windows as attributes of TensorFlow's own operations. */
export function windowAttributes({ stride, padding }: Windows): NodeAttributes {
  return {
    T: attribute.type("float32"),
    data_format: attribute.text("NHWC"),
    strides: attribute.ints([1, ...stride, 1]),
    padding: attribute.text(padding.toUpperCase()),
  };
}

export function convolvedShape(
  x: readonly number[],
  filter: readonly number[],
  { stride, padding }: Windows,
  depthwise = false,
): number[] {
  return tf.backend_util.computeConv2DInfo(four(x), four(filter), stride, 1, padding, undefined, depthwise)
    .outShape;
}

export function pooledShape(x: readonly number[], size: readonly number[], windows: Windows): number[] {
  const [height = 1, width = height] = size;
  return tf.backend_util.computePool2DInfo(four(x), [height, width], windows.stride, 1, windows.padding)
    .outShape;
}

export function poolAttributes(size: readonly number[], windows: Windows): NodeAttributes {
  const [height = 1, width = height] = size;
  return { ...windowAttributes(windows), ksize: attribute.ints([1, height, width, 1]) };
}

function four(shape: readonly number[]): [number, number, number, number] {
  const [a, b, c, d] = shape;
  if (a === undefined || b === undefined || c === undefined || d === undefined) {
    throw new Error(`A shape of rank 4 was expected, got ${shape}`);
  }
  return [a, b, c, d];
}
