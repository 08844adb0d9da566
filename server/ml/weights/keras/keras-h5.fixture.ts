import { File, Group } from "h5wasm/node";
import type { NamedArray } from "@/server/ml/named-array";

export type KerasWeight = { layer: string; weight: string; shape: number[]; values: Float32Array };

/** Writes a file of weights as Keras 1 to 3 do: every layer by name, those of `weightless` before the others. */
export function writeKeras(
  file: string,
  rootName: string,
  weights: readonly KerasWeight[],
  weightless: readonly string[] = [],
): void {
  const h5 = new File(file, "w");
  const root = rootName === "" ? h5 : h5.create_group(rootName);
  const layers = [...new Set(weights.map(({ layer }) => layer))];
  root.create_attribute("layer_names", [...weightless, ...layers]);
  for (const layer of layers) {
    const own = weights.filter((entry) => entry.layer === layer);
    const group = nested(root, layer);
    group.create_attribute(
      "weight_names",
      own.map(({ weight }) => weight),
    );
    for (const { weight, shape, values } of own) {
      const parts = weight.split("/");
      const name = parts.pop() ?? "";
      nested(group, parts.join("/")).create_dataset({ name, data: values, shape });
    }
  }
  h5.close();
}

/** Writes a network's weights, named `layer/weight`. */
export function writeKerasNetwork(
  file: string,
  weights: readonly NamedArray[],
  weightless: readonly string[] = [],
): void {
  const entries = weights.map(({ name, shape, values }) => ({
    layer: name.slice(0, name.lastIndexOf("/")),
    weight: name,
    shape: [...shape],
    values,
  }));
  writeKeras(file, "", entries, weightless);
}

function nested(group: Group, names: string): Group {
  return names.split("/").reduce((parent, name) => {
    const existing = parent.keys().includes(name) ? parent.get(name) : parent.create_group(name);
    if (!(existing instanceof Group)) throw new Error(`${name} is no group`);
    return existing;
  }, group);
}
