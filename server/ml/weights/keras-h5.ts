import { Dataset, type Entity, File, Group, ready } from "h5wasm/node";
import { ExpectedFailure } from "@/server/lib/errors";
import type { NamedArray } from "../named-array";

/**
 * The weights of a Keras `.h5` file (a saved model, or its weights alone, as Keras 1 to 3 write it), named
 * `layer/weight`: "conv1_conv/kernel". Layers that older files call "conv1/conv" become "conv1_conv".
 * @throws ExpectedFailure "invalid" when the file is cut short, is no HDF5, or holds no Keras layers.
 */
export async function readKerasH5(path: string): Promise<NamedArray[]> {
  await ready;
  const file = openH5(path);
  try {
    const saved = file.get("model_weights");
    const root = saved instanceof Group ? saved : file;
    const layers = stringsOf(root, "layer_names");
    if (layers.length === 0) {
      throw new ExpectedFailure(
        "invalid",
        "The file holds no Keras layers by name. A .weights.h5 file of Keras 3 must be saved again as .h5.",
      );
    }
    return layers.flatMap((layer) => layerWeights(root, layer));
  } catch (cause) {
    if (cause instanceof ExpectedFailure) throw cause;
    throw new ExpectedFailure("invalid", "The weights file cannot be read to its end.", undefined, { cause });
  } finally {
    file.close();
  }
}

function openH5(path: string): File {
  const message = "The weights file is no HDF5 file, or was cut short.";
  try {
    const file = new File(path, "r");
    // HDF5 reports some failures only by an invalid handle.
    if (file.file_id > 0n) return file;
  } catch (cause) {
    throw new ExpectedFailure("invalid", message, undefined, { cause });
  }
  throw new ExpectedFailure("invalid", message);
}

function layerWeights(root: Group, layer: string): NamedArray[] {
  const group = root.get(layer);
  if (!(group instanceof Group)) return [];
  return stringsOf(group, "weight_names").map((weight) => {
    const name = `${layer.replaceAll("/", "_")}/${lastPart(weight)}`;
    return { name, ...numbersOf(group.get(weight), name) };
  });
}

function numbersOf(entity: Entity | null, name: string): { shape: number[]; values: Float32Array } {
  const value = entity instanceof Dataset ? entity.value : null;
  const shape = entity instanceof Dataset ? entity.shape : null;
  if (!(value instanceof Float32Array) || !shape) {
    throw new ExpectedFailure("invalid", `The weights file has no 32-bit numbers for ${name}.`);
  }
  return { shape, values: value.slice() };
}

/** Keras' names are lists of strings; past 64 KB they are split into `name0`, `name1`, … */
function stringsOf(group: Group, name: string): string[] {
  const whole = group.attrs[name];
  if (whole) return strings(whole.value);
  const parts: string[] = [];
  for (let part = 0; ; part++) {
    const attribute = group.attrs[`${name}${part}`];
    if (!attribute) return parts;
    parts.push(...strings(attribute.value));
  }
}

function strings(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((entry) => typeof entry === "string");
}

/** "conv1/conv/kernel:0" is the kernel. */
function lastPart(weight: string): string {
  return weight.slice(weight.lastIndexOf("/") + 1).replace(/:\d+$/, "");
}
