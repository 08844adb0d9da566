import * as tf from "@tensorflow/tfjs-core";
import { attribute } from "./attributes";
import { GraphBackend } from "./backend";
import { registerConvolutionKernels } from "./convolution-kernels";
import { Graph, openBatch } from "./graph";
import { backendName } from "./kernel";
import { registerKernels } from "./kernels";

const ofFloats = { T: attribute.type("float32") };

/** A shape of which the first size, the number of images, may be left open: `null`. */
export type OpenShape = readonly (number | null)[];

/** What a function of tensors computes, as a graph. */
export type TracedFunction = {
  readonly graph: Graph;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly outputShapes: readonly OpenShape[];
};

/**
 * Calls a function once with tensors that hold no numbers, and notes which operations it makes. Tensors that it
 * makes from numbers become constants of the graph.
 * @throws Error for an operation that no kernel here knows, or a tensor from outside
 */
export function trace(
  compute: (inputs: tf.Tensor[]) => readonly tf.Tensor[],
  shapes: readonly OpenShape[],
): TracedFunction {
  const backend = graphBackend();
  const graph = new Graph();
  backend.graph = graph;
  return onBackend(backendName, () => {
    tf.engine().startScope();
    try {
      const inputs = shapes.map((open) => {
        const shape = open.map((size) => size ?? openBatch);
        const node = graph.input(shape);
        return { node, tensor: tf.engine().makeTensorFromTensorInfo(backend.result(node, shape, "float32")) };
      });
      const outputs = compute(inputs.map(({ tensor }) => tensor));
      return {
        graph,
        inputs: inputs.map(({ node }) => node),
        // An input that is handed through must not be asked for by its own name: "both fed and fetched".
        outputs: outputs.map(({ dataId }) => graph.add("Identity", [backend.nodeOf(dataId)], ofFloats)),
        outputShapes: outputs.map(({ shape }) => shape.map((size) => (size === openBatch ? null : size))),
      };
    } finally {
      tf.engine().endScope();
      // Its constants are as large as the network.
      backend.graph = new Graph();
    }
  });
}

let registered: GraphBackend | undefined;

function graphBackend(): GraphBackend {
  if (registered) return registered;
  const backend = new GraphBackend();
  registerKernels();
  registerConvolutionKernels();
  // Never chosen by itself: priority 0 is below every backend that computes.
  tf.registerBackend(backendName, () => backend, 0);
  registered = backend;
  return backend;
}

/**
 * The current backend is global, so it changes and comes back without a pause in which another could compute:
 * of a backend that needs no waiting, `setBackend` has done all when it returns.
 */
function onBackend<T>(name: string, work: () => T): T {
  const before = tf.getBackend();
  void tf.setBackend(name);
  try {
    return work();
  } finally {
    void tf.setBackend(before);
  }
}
