import { Dataset, Group } from "h5wasm/node";
import type { StoredArray } from "../stored";
import { datasetReader } from "./dataset-numbers";
import type { KerasLayers } from "./read-h5";

/**
 * The layers of a `.weights.h5` file of Keras 3, which numbers a layer's weights (`layers/conv2d_3/vars/0`) and keeps
 * the layer's name as an attribute beside them; null for another kind of file. The order of layers is not kept.
 */
export function numberedLayers(root: Group): KerasLayers | null {
  const read = datasetReader();
  const arrays = new Map<string, StoredArray>();
  const layers: string[] = [];
  const waiting: Group[] = [root];
  for (let group = waiting.pop(); group; group = waiting.pop()) {
    for (const layer of groupsIn(group.get("layers"))) {
      waiting.push(layer);
      const vars = layer.get("vars");
      const name = vars instanceof Group ? vars.attrs.name?.value : null;
      if (!(vars instanceof Group) || typeof name !== "string") continue;
      layers.push(name);
      const kind = layer.path.slice(layer.path.lastIndexOf("/") + 1).replace(/_\d+$/, "");
      for (const key of vars.keys()) {
        const weight = weightNames[kind]?.[Number(key)] ?? key;
        const dataset = vars.get(key);
        if (dataset instanceof Dataset) arrays.set(`${name}/${weight}`, read(dataset, `${name}/${weight}`));
      }
    }
  }
  return layers.length > 0 ? { arrays, layers } : null;
}

function groupsIn(entity: unknown): Group[] {
  if (!(entity instanceof Group)) return [];
  return entity.keys().flatMap((name) => {
    const inner = entity.get(name);
    return inner instanceof Group ? [inner] : [];
  });
}

/** In the order in which Keras' layers make their weights, by the layers' class names. */
const weightNames: Readonly<Record<string, readonly string[]>> = {
  conv2d: ["kernel", "bias"],
  dense: ["kernel", "bias"],
  batch_normalization: ["gamma", "beta", "moving_mean", "moving_variance"],
};
