import * as tf from "@tensorflow/tfjs-core";
import { GraphBackend } from "./backend";
import type { Graph, GraphNode } from "./graph";

export const backendName = "graph";

/** A tensor of the traced function: the node that gives it, and its shape. */
export type Traced = { readonly node: string; readonly shape: number[] };

type Kernel = {
  readonly graph: Graph;
  input(name: string): Traced;
  /** All inputs of an operation that takes a list. */
  readonly inputs: readonly Traced[];
  readonly attributes: Attributes;
};

/** Says how an operation of TensorFlow.js becomes one of TensorFlow: the node to add, and the result's shape. */
export function defineKernel(
  kernelName: string,
  emit: (kernel: Kernel) => { node: string; shape: readonly number[] },
): void {
  tf.registerKernel({
    kernelName,
    backendName,
    kernelFunc({ inputs, backend, attrs }) {
      if (!(backend instanceof GraphBackend)) throw new Error("The kernel belongs to the graph backend");
      const traced = (info: tf.TensorInfo): Traced => ({
        node: backend.nodeOf(info.dataId),
        shape: info.shape,
      });
      const { node, shape } = emit({
        graph: backend.graph,
        input(name) {
          const info = inputs[name];
          if (!info) throw new Error(`${kernelName} got no ${name}`);
          return traced(info);
        },
        inputs: Object.values(inputs).flatMap((info) => (info ? [traced(info)] : [])),
        attributes: new Attributes(attrs ?? {}),
      });
      return backend.result(node, shape, "float32");
    },
  });
}

export type NodeAttributes = GraphNode["attributes"];

/** Attributes of an operation of TensorFlow.js, checked as they are read. */
export class Attributes {
  readonly #values: tf.NamedAttrMap;

  constructor(values: tf.NamedAttrMap) {
    this.#values = values;
  }

  number(name: string): number {
    const value: unknown = this.#values[name];
    if (typeof value !== "number") throw new Error(`${name} is no number`);
    return value;
  }

  /** Numbers, flat; one stands for itself; none where the attribute is absent. */
  numbers(name: string): number[] {
    const value: unknown = this.#values[name] ?? [];
    const list: unknown[] = Array.isArray(value) ? value.flat() : [value];
    return list.filter((entry) => typeof entry === "number");
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  text(name: string): string {
    const value: unknown = this.#values[name];
    return typeof value === "string" ? value : "";
  }
}
