import { Group } from "h5wasm/node";
import type { StoredArray } from "../stored";
import { datasetReader } from "./dataset-numbers";
import type { KerasLayers } from "./read-h5";

/** The layers of a file that lists them by name, as Keras' `.h5` does from its first version on; else null. */
export function namedLayers(root: Group): KerasLayers | null {
  const layers = stringsOf(root, "layer_names");
  if (layers.length === 0) return null;
  const read = datasetReader();
  const arrays = new Map<string, StoredArray>();
  for (const layer of layers) {
    const group = root.get(layer);
    if (!(group instanceof Group)) continue;
    const weights = stringsOf(group, "weight_names");
    // A network within a model is one layer of it, whose weights say themselves which layer they belong to.
    const within = new Set(weights.map(folderOf)).size > 1;
    for (const weight of weights) {
      const name = `${(within ? folderOf(weight) : layer).replaceAll("/", "_")}/${lastPart(weight)}`;
      arrays.set(name, read(group.get(weight), name));
    }
  }
  return { arrays, layers };
}

/** Keras' names are lists of strings; past 64 KB they are split into `name0`, `name1`, … */
function stringsOf(group: Group, name: string): string[] {
  const { attrs } = group;
  const whole = attrs[name];
  if (whole) return strings(whole.value);
  const parts: string[] = [];
  for (let part = 0; ; part++) {
    const attribute = attrs[`${name}${part}`];
    if (!attribute) return parts;
    parts.push(...strings(attribute.value));
  }
}

function strings(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((entry) => typeof entry === "string");
}

function folderOf(weight: string): string {
  return weight.slice(0, Math.max(0, weight.lastIndexOf("/")));
}

/** "conv1/conv/kernel:0" is the kernel. */
function lastPart(weight: string): string {
  return weight.slice(weight.lastIndexOf("/") + 1).replace(/:\d+$/, "");
}
