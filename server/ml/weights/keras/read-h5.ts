import { File, Group, ready } from "h5wasm/node";
import { ExpectedFailure } from "@/server/lib/errors";
import { refuseWeights } from "../refuse";
import type { StoredArray, StoredWeights } from "../stored";
import { modelLayers } from "./model-layers";
import { namedLayers } from "./named-layers";
import { numberedLayers } from "./numbered-layers";

/** What one way of writing a Keras model tells: its arrays, named `layer/weight`, and its layers. */
export type KerasLayers = {
  readonly arrays: ReadonlyMap<string, StoredArray>;
  readonly layers: readonly string[];
};

/**
 * The weights in a Keras `.h5` file, named `layer/weight`: "conv1_conv/kernel". It may be a saved model or its
 * weights alone as Keras 1 to 3 write it, or a `.weights.h5` of Keras 3; the network may be a part of the model.
 * Layers that older files call "conv1/conv" become "conv1_conv".
 * @throws ExpectedFailure "invalid" when the file is cut short, is no HDF5, or holds no Keras layers.
 */
export async function readKerasH5(path: string): Promise<StoredWeights> {
  await ready;
  const file = openH5(path);
  try {
    const saved = file.get("model_weights");
    const named = namedLayers(saved instanceof Group ? saved : file);
    if (named) {
      return { format: "keras-h5", arrays: named.arrays, layers: modelLayers(file) ?? named.layers };
    }
    const numbered = numberedLayers(file);
    if (numbered) return { format: "keras3-h5", ...numbered };
    throw refuseWeights("is HDF5, but holds no layers as Keras writes them");
  } catch (cause) {
    if (cause instanceof ExpectedFailure) throw cause;
    throw refuseWeights("cannot be read to its end", cause);
  } finally {
    file.close();
  }
}

function openH5(path: string): File {
  const message = "is no HDF5 file, or was cut short";
  try {
    const file = new File(path, "r");
    // HDF5 reports some failures only by an invalid handle.
    if (file.file_id > 0n) return file;
  } catch (cause) {
    throw refuseWeights(message, cause);
  }
  throw refuseWeights(message);
}
