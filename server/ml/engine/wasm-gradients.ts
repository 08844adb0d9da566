import * as tf from "@tensorflow/tfjs-core";
import type { ConvolutionAttributes } from "./conv-geometry";
import { convolutionAttributes } from "./conv-geometry";
import { convFilterGradient, convInputGradient } from "./conv-gradient";
import { depthwiseFilterGradient, depthwiseInputGradient } from "./depthwise-gradient";

/**
 * Registers the convolution gradients that the wasm backend of TensorFlow.js 4.22 lacks (a convolution's
 * filter, both sides of a depthwise one), and replaces its scalar gradient for a convolution's input, ten
 * times slower than the forward pass, by one on its SIMD kernels. NHWC, padding "same" or "valid", no
 * dilation. Safe to call again.
 */
export function registerWasmGradients(): void {
  replaceKernel(tf.Conv2DBackpropFilter, "x", convFilterGradient);
  replaceKernel(tf.Conv2DBackpropInput, "filter", convInputGradient);
  replaceKernel(tf.DepthwiseConv2dNativeBackpropFilter, "x", depthwiseFilterGradient);
  replaceKernel(tf.DepthwiseConv2dNativeBackpropInput, "filter", depthwiseInputGradient);
}

/** One side's gradient from the other side (`x` or `filter`), the output's gradient `dy` and the attributes. */
type ConvolutionGradient = (
  other: tf.Tensor4D,
  dy: tf.Tensor4D,
  attributes: ConvolutionAttributes,
) => tf.Tensor;

function replaceKernel(kernelName: string, other: "x" | "filter", gradient: ConvolutionGradient): void {
  if (tf.getKernel(kernelName, "wasm")) tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel({
    kernelName,
    backendName: "wasm",
    // The inputs are the live tensors: wrapping them again by makeTensorFromTensorInfo would leak a reference.
    kernelFunc: ({ inputs, attrs }) =>
      tf.tidy(() =>
        gradient(tensor4d(inputs[other]), tensor4d(inputs.dy), convolutionAttributes(attrs ?? {})),
      ),
  });
}

function tensor4d(input: tf.TensorInfo | undefined): tf.Tensor4D {
  if (!(input instanceof tf.Tensor) || !isRank4(input)) {
    throw new Error(`A convolution's gradient needs a tensor of rank 4, got ${input?.shape ?? "none"}`);
  }
  return input;
}

function isRank4(tensor: tf.Tensor): tensor is tf.Tensor4D {
  return tensor.rank === 4;
}
