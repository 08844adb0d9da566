import * as tf from "@tensorflow/tfjs-core";
import { Graph } from "./graph";

/** A value of the traced function: an output of a node, and no numbers. */
type Value = { readonly node: string; references: number };

/**
 * A backend of TensorFlow.js that computes nothing: each operation becomes a node of a graph, as under
 * `tf.function` in Python. So whatever is written for the other backends, gradients included, can be compiled.
 */
export class GraphBackend extends tf.KernelBackend {
  graph = new Graph();
  readonly #values = new Map<object, Value>();

  /** The tensor that an operation gives. */
  result(node: string, shape: readonly number[], dtype: tf.DataType): tf.TensorInfo {
    const dataId = {};
    this.#values.set(dataId, { node, references: 1 });
    return { dataId, shape: [...shape], dtype };
  }

  /** The node behind a tensor. @throws Error for a tensor of another backend: make constants while tracing. */
  nodeOf(dataId: object): string {
    return this.#value(dataId).node;
  }

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): object {
    return this.result(constantOf(this.graph, values, shape, dtype), shape, dtype).dataId;
  }

  override readSync(): tf.BackendValues {
    throw new Error("A traced tensor has no numbers to read");
  }

  override refCount(dataId: object): number {
    return this.#values.get(dataId)?.references ?? 0;
  }

  override incRef(dataId: object): void {
    this.#value(dataId).references++;
  }

  decRef(dataId: object): void {
    this.#value(dataId).references--;
  }

  override disposeData(dataId: object, force = false): boolean {
    const value = this.#values.get(dataId);
    if (value && --value.references > 0 && !force) return false;
    return this.#values.delete(dataId) || true;
  }

  override numDataIds(): number {
    return this.#values.size;
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  #value(dataId: object): Value {
    const value = this.#values.get(dataId);
    if (!value) throw new Error("A tensor that was made outside is no part of a traced function");
    return value;
  }
}

function constantOf(
  graph: Graph,
  values: tf.BackendValues,
  shape: readonly number[],
  dtype: tf.DataType,
): string {
  if (dtype === "float32" && values instanceof Float32Array) return graph.constant(dtype, shape, values);
  if (dtype === "int32" && values instanceof Int32Array) return graph.constant(dtype, shape, values);
  throw new Error(`A constant of type ${dtype} has no place in a graph`);
}
