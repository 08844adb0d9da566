import { dataTypes, shapeField } from "./attributes";
import type { Graph, GraphNode } from "./graph";
import { entry, type Field, int, message, text } from "./protobuf";

export const inputName = (index: number): string => `in${String(index).padStart(4, "0")}`;
export const outputName = (index: number): string => `out${String(index).padStart(4, "0")}`;

/**
 * The bytes of `saved_model.pb` (saved_model.proto, meta_graph.proto) with one signature "serving_default" over
 * the nodes `inputs` and `outputs`, of all of which the first output is meant. What no output needs is left away.
 */
export function savedModel(graph: Graph, inputs: readonly string[], outputs: readonly string[]): Buffer {
  const nodes = neededNodes(graph, [...inputs, ...outputs]);
  const graphDef = message(2, ...nodes.map(nodeField), message(4, int(1, graphVersion)));
  const signature = message(
    2,
    ...inputs.map((node, index) => entry(1, inputName(index), valueField(node))),
    ...outputs.map((node, index) => entry(2, outputName(index), valueField(node))),
    text(3, "tensorflow/serving/predict"),
  );
  const metaInfo = message(1, text(4, "serve"));
  return Buffer.concat([int(1, 1), message(2, metaInfo, graphDef, entry(5, "serving_default", signature))]);
}

/** GraphDef's version at TensorFlow 2.9, which every later one reads. */
const graphVersion = 1087;

function neededNodes(graph: Graph, names: readonly string[]): GraphNode[] {
  const needed = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (needed.has(name)) continue;
    needed.add(name);
    waiting.push(...(graph.nodes.get(name)?.inputs ?? []));
  }
  return [...graph.nodes.values()].filter(({ name }) => needed.has(name));
}

function nodeField({ name, op, inputs, attributes }: GraphNode): Field {
  return message(
    1,
    text(1, name),
    text(2, op),
    ...inputs.map((input) => text(3, input)),
    ...Object.entries(attributes).map(([key, value]) => entry(5, key, value)),
  );
}

/** A `TensorInfo`; the shape in it is only told, not used. */
function valueField(node: string): Field {
  return message(2, text(1, `${node}:0`), int(2, dataTypes.float32), shapeField(3, []));
}
