import { type Attribute, attribute, type ElementType } from "./attributes";

/** An operation of a TensorFlow graph. */
export type GraphNode = {
  readonly name: string;
  readonly op: string;
  /** Names of the outputs it takes: of its first output a node's own name. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
};

/**
 * While a function is traced, the open number of images has this size: a prime that no layer's size is a
 * multiple of, so that what depends on it can be told from what does not.
 */
export const openBatch = 101;

/** A graph that grows operation by operation. Values are known by the name of the node whose output they are. */
export class Graph {
  readonly nodes = new Map<string, GraphNode>();
  #batch: string | undefined;

  add(op: string, inputs: readonly string[], attributes: GraphNode["attributes"]): string {
    const name = `n${String(this.nodes.size).padStart(6, "0")}`;
    this.nodes.set(name, { name, op, inputs, attributes });
    return name;
  }

  /** What a run is given; a size of {@link openBatch} is left open. */
  input(shape: readonly number[], type: ElementType = "float32"): string {
    const dims = shape.map((size) => (size === openBatch ? -1 : size));
    const name = this.add("Placeholder", [], { dtype: attribute.type(type), shape: attribute.shape(dims) });
    if (dims[0] === -1) this.#batch ??= this.#firstSize(name);
    return name;
  }

  constant(type: ElementType, shape: readonly number[], values: ArrayBufferView): string {
    if (shape.some(isOpen)) throw new Error(`A constant of shape ${shape} depends on the open batch`);
    const content = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    return this.add("Const", [], {
      dtype: attribute.type(type),
      value: attribute.tensor(type, shape, content),
    });
  }

  ints(values: readonly number[]): string {
    return this.constant("int32", [values.length], Int32Array.from(values));
  }

  /** A shape as a tensor; sizes that are multiples of the batch are computed from it at run time. */
  shape(dims: readonly number[]): string {
    if (!dims.some(isOpen)) return this.ints(dims);
    return this.add(
      "Pack",
      dims.map((size) => this.#size(size)),
      { N: attribute.int(dims.length), T: attribute.type("int32"), axis: attribute.int(0) },
    );
  }

  #size(size: number): string {
    const factor = this.constant("int32", [], Int32Array.of(isOpen(size) ? size / openBatch : size));
    if (!isOpen(size)) return factor;
    if (!this.#batch) throw new Error("The graph has no input with an open batch");
    return this.add("Mul", [this.#batch, factor], { T: attribute.type("int32") });
  }

  #firstSize(input: string): string {
    const shape = this.add("Shape", [input], {
      T: attribute.type("float32"),
      out_type: attribute.type("int32"),
    });
    return this.add("StridedSlice", [shape, this.ints([0]), this.ints([1]), this.ints([1])], {
      T: attribute.type("int32"),
      Index: attribute.type("int32"),
      shrink_axis_mask: attribute.int(1),
    });
  }
}

export function isOpen(size: number): boolean {
  return size > 0 && size % openBatch === 0;
}
