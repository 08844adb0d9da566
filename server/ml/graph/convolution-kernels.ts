import * as tf from "@tensorflow/tfjs-core";
import { attribute } from "./attributes";
import type { Graph } from "./graph";
import { defineKernel, type Traced } from "./kernel";
import { convolvedShape, poolAttributes, pooledShape, windowAttributes, windowsOf } from "./windows";

const ofFloats = { T: attribute.type("float32") };

const convolutions = { [tf.Conv2D]: "Conv2D", [tf.DepthwiseConv2dNative]: "DepthwiseConv2dNative" };
const fused = { [tf.FusedConv2D]: "Conv2D", [tf.FusedDepthwiseConv2D]: "DepthwiseConv2dNative" };
const byInput = {
  [tf.Conv2DBackpropInput]: "Conv2DBackpropInput",
  [tf.DepthwiseConv2dNativeBackpropInput]: "DepthwiseConv2dNativeBackpropInput",
};
const byFilter = {
  [tf.Conv2DBackpropFilter]: "Conv2DBackpropFilter",
  [tf.DepthwiseConv2dNativeBackpropFilter]: "DepthwiseConv2dNativeBackpropFilter",
};
const pools = { [tf.MaxPool]: "MaxPool", [tf.AvgPool]: "AvgPool" };

/** Convolutions and pooling, and their gradients. */
export function registerConvolutionKernels(): void {
  for (const [kernelName, op] of Object.entries(convolutions)) {
    defineKernel(kernelName, ({ graph, input, attributes }) =>
      convolve(graph, op, input("x"), input("filter"), windowsOf(attributes)),
    );
  }
  for (const [kernelName, op] of Object.entries(fused)) {
    defineKernel(kernelName, ({ graph, input, attributes }) => {
      const { node, shape } = convolve(graph, op, input("x"), input("filter"), windowsOf(attributes));
      const shifted = graph.add("BiasAdd", [node, input("bias").node], ofFloats);
      return { node: activated(graph, shifted, attributes.text("activation")), shape };
    });
  }
  for (const [kernelName, op] of Object.entries(byInput)) {
    defineKernel(kernelName, ({ graph, input, attributes }) => {
      const shape = attributes.numbers("inputShape");
      const nodes = [graph.shape(shape), input("filter").node, input("dy").node];
      return { node: graph.add(op, nodes, windowAttributes(windowsOf(attributes))), shape };
    });
  }
  for (const [kernelName, op] of Object.entries(byFilter)) {
    defineKernel(kernelName, ({ graph, input, attributes }) => {
      const shape = attributes.numbers("filterShape");
      const nodes = [input("x").node, graph.shape(shape), input("dy").node];
      return { node: graph.add(op, nodes, windowAttributes(windowsOf(attributes))), shape };
    });
  }
  for (const [kernelName, op] of Object.entries(pools)) {
    defineKernel(kernelName, ({ graph, input, attributes }) => {
      const size = attributes.numbers("filterSize");
      const windows = windowsOf(attributes);
      return {
        node: graph.add(op, [input("x").node], poolAttributes(size, windows)),
        shape: pooledShape(input("x").shape, size, windows),
      };
    });
  }
  defineKernel(tf.MaxPoolGrad, ({ graph, input, attributes }) => {
    const nodes = [input("input").node, input("output").node, input("dy").node];
    const windows = poolAttributes(attributes.numbers("filterSize"), windowsOf(attributes));
    return { node: graph.add("MaxPoolGrad", nodes, windows), shape: input("input").shape };
  });
  defineKernel(tf.AvgPoolGrad, ({ graph, input, attributes }) => {
    const { shape } = input("input");
    const windows = poolAttributes(attributes.numbers("filterSize"), windowsOf(attributes));
    return { node: graph.add("AvgPoolGrad", [graph.shape(shape), input("dy").node], windows), shape };
  });
}

function convolve(
  graph: Graph,
  op: string,
  x: Traced,
  filter: Traced,
  windows: ReturnType<typeof windowsOf>,
): Traced {
  return {
    node: graph.add(op, [x.node, filter.node], windowAttributes(windows)),
    shape: convolvedShape(x.shape, filter.shape, windows, op === "DepthwiseConv2dNative"),
  };
}

/** TensorFlow fuses a convolution, its bias and its activation by itself. */
function activated(graph: Graph, node: string, activation: string): string {
  if (activation === "linear") return node;
  const op = { relu: "Relu", relu6: "Relu6" }[activation];
  if (!op) throw new Error(`Activation ${activation} cannot be compiled`);
  return graph.add(op, [node], ofFloats);
}
