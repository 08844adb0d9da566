import * as tf from "@tensorflow/tfjs-core";
import { attribute } from "./attributes";
import { type Graph, isOpen } from "./graph";
import { defineKernel, type Traced } from "./kernel";

const ofFloats = { T: attribute.type("float32") };
const indexed = { Tidx: attribute.type("int32") };

/** Everything but convolutions and pooling that our networks and their gradients are made of. */
export function registerKernels(): void {
  for (const [kernelName, op] of Object.entries(elementwise)) {
    defineKernel(kernelName, ({ graph, input }) => binary(graph, op, input("a"), input("b")));
  }
  for (const [kernelName, op] of Object.entries(activations)) {
    defineKernel(kernelName, ({ graph, input }) => ({
      node: graph.add(op, [input("x").node], ofFloats),
      shape: input("x").shape,
    }));
  }
  for (const [kernelName, op] of Object.entries(activationGradients)) {
    defineKernel(kernelName, ({ graph, input }) => ({
      node: graph.add(op, [input("dy").node, input("y").node], ofFloats),
      shape: input("y").shape,
    }));
  }
  defineKernel(tf.Identity, ({ input }) => input("x"));
  defineKernel(tf.Cast, ({ input, attributes }) => {
    if (attributes.text("dtype") !== "float32") throw new Error("Only floats can be compiled");
    return input("x");
  });
  defineKernel(tf.Reshape, ({ graph, input, attributes }) => {
    const { node, shape: before } = input("x");
    const shape = tf.util.inferFromImplicitShape(attributes.numbers("shape"), tf.util.sizeFromShape(before));
    return { node: graph.add("Reshape", [node, graph.shape(shape)], ofFloats), shape };
  });
  for (const [kernelName, op] of Object.entries({ [tf.Mean]: "Mean", [tf.Sum]: "Sum" })) {
    defineKernel(kernelName, ({ graph, input, attributes }) =>
      reduced(graph, op, input("x"), attributes.numbers("axis"), attributes.flag("keepDims")),
    );
  }
  defineKernel(tf.Concat, ({ graph, inputs, attributes }) => {
    const [axis = 0] = tf.util.parseAxisParam(attributes.number("axis"), inputs[0]?.shape ?? []);
    const shapes = inputs.map(({ shape }) => shape);
    const parts = inputs.map(({ node }) => node);
    const at = graph.constant("int32", [], Int32Array.of(axis));
    return {
      node: graph.add("ConcatV2", [...parts, at], {
        ...ofFloats,
        ...indexed,
        N: attribute.int(parts.length),
      }),
      shape: tf.backend_util.computeOutShape(shapes, axis),
    };
  });
  defineKernel(tf.Slice, ({ graph, input, attributes }) => {
    const { node, shape: before } = input("x");
    const begin = attributes.numbers("begin");
    const shape = attributes.numbers("size").map((size, axis) => (size < 0 ? (before[axis] ?? 0) : size));
    const size = shape.map((length) => (isOpen(length) ? -1 : length));
    const index = { Index: attribute.type("int32") };
    return {
      node: graph.add("Slice", [node, graph.ints(begin), graph.ints(size)], { ...ofFloats, ...index }),
      shape,
    };
  });
  defineKernel(tf.PadV2, ({ graph, input, attributes }) => {
    const { node, shape: before } = input("x");
    const paddings = attributes.numbers("paddings");
    const margins = graph.constant("int32", [before.length, 2], Int32Array.from(paddings));
    return {
      node: graph.add("Pad", [node, margins], { ...ofFloats, Tpaddings: attribute.type("int32") }),
      shape: before.map((size, axis) => size + (paddings[2 * axis] ?? 0) + (paddings[2 * axis + 1] ?? 0)),
    };
  });
  defineKernel(tf.Fill, ({ graph, attributes }) => {
    const shape = attributes.numbers("shape");
    const value = graph.constant("float32", [], Float32Array.of(attributes.number("value")));
    const fill = graph.add("Fill", [graph.shape(shape), value], {
      ...ofFloats,
      index_type: attribute.type("int32"),
    });
    return { node: fill, shape };
  });
}

const elementwise = { [tf.Add]: "AddV2", [tf.Sub]: "Sub", [tf.Multiply]: "Mul", [tf.RealDiv]: "RealDiv" };
const activations = { [tf.Relu]: "Relu", [tf.Relu6]: "Relu6", [tf.Rsqrt]: "Rsqrt", [tf.Square]: "Square" };
const activationGradients = { ReluGrad: "ReluGrad", Relu6Grad: "Relu6Grad" };

function binary(graph: Graph, op: string, a: Traced, b: Traced): Traced {
  return {
    node: graph.add(op, [a.node, b.node], ofFloats),
    shape: tf.backend_util.assertAndGetBroadcastShape(a.shape, b.shape),
  };
}

function reduced(graph: Graph, op: string, x: Traced, named: number[], keepDims: boolean): Traced {
  const axes = tf.util.parseAxisParam(named.length > 0 ? named : x.shape.map((_, axis) => axis), x.shape);
  const kept = { keep_dims: attribute.bool(keepDims) };
  return {
    node: graph.add(op, [x.node, graph.ints(axes)], { ...ofFloats, ...indexed, ...kept }),
    shape: x.shape.flatMap((size, axis) => (axes.includes(axis) ? (keepDims ? [1] : []) : [size])),
  };
}
