import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Dataset, File, ready } from "h5wasm/node";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { kerasFile } from "@/server/ml/reference/keras-files";
import { readWeightsFile } from "../read-file";
import type { StoredWeights } from "../stored";
import { writeKeras } from "./keras-h5.fixture";
import { readKerasH5 } from "./read-h5";

let folder = "";

beforeAll(async () => {
  await ready;
  folder = await mkdtemp(path.join(tmpdir(), "overread-h5-"));
});
afterAll(() => rm(folder, { recursive: true }));

// reference/keras_files.py: written by Keras 3.15.1; its arrays are counted from 0, layer by layer.
const inner = [
  ["conv1_conv/kernel", [0, 1, 2, 3, 4, 5]],
  ["conv1_bn/gamma", [6, 7]],
  ["conv1_bn/beta", [8, 9]],
  ["conv1_bn/moving_mean", [10, 11]],
  ["conv1_bn/moving_variance", [12, 13]],
  ["bn/gamma", [14, 15]],
  ["bn/beta", [16, 17]],
  ["bn/moving_mean", [18, 19]],
  ["bn/moving_variance", [20, 21]],
] as const;

test.each([
  { file: "model.h5", format: "keras-h5" },
  { file: "nested model.h5", format: "keras-h5" },
  { file: "weights.h5 of Keras 3", format: "keras3-h5" },
  { file: "weights.h5 of Keras 3, nested", format: "keras3-h5" },
])("reads Keras' own $file", async ({ file, format }) => {
  const stored = await readWeightsFile(kerasFile(file));
  expect(stored.format).toBe(format);
  expect(numbersOf(stored)).toMatchObject(Object.fromEntries(inner));
  expect(stored.arrays.get("conv1_conv/kernel")?.shape).toEqual([1, 1, 3, 2]);
  expect(stored.layers).toEqual(expect.arrayContaining(["conv1_relu", "bn", "relu"]));
});

test.each(["model without the last ReLU.h5", "weights.h5 of Keras 3 without the last ReLU"])(
  "sees that Keras' %s has none",
  async (file) => {
    const { layers } = await readWeightsFile(kerasFile(file));
    expect(layers).toContain("conv1_relu");
    expect(layers).not.toContain("relu");
  },
);

test("says of a whole .keras archive what to save instead", async () => {
  await expect(readWeightsFile(kerasFile("whole model.keras"))).rejects.toThrow(
    "is a whole Keras model (.keras); save its weights by save_weights",
  );
});

test.each([
  {
    kind: "weights alone, as Keras 3 names them",
    root: "",
    layer: "conv1_conv",
    weight: "conv1_conv/kernel",
  },
  { kind: "a saved model", root: "model_weights", layer: "conv1_conv", weight: "conv1_conv/kernel" },
  { kind: "Keras 2 with slashes", root: "", layer: "conv1/conv", weight: "conv1/conv/kernel:0" },
])("reads $kind", async ({ root, layer, weight }) => {
  const file = path.join(folder, `${root}${layer.replace("/", "-")}.h5`);
  writeKeras(file, root, [{ layer, weight, shape: [1, 1, 2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) }]);
  const stored = await readKerasH5(file);
  expect(numbersOf(stored)).toEqual({ "conv1_conv/kernel": [1, 2, 3, 4, 5, 6] });
  expect(stored.arrays.get("conv1_conv/kernel")?.shape).toEqual([1, 1, 2, 3]);
});

test("refuses a file of no numbers, and one without layers", async () => {
  const text = path.join(folder, "text.h5");
  const h5 = new File(text, "w");
  h5.create_attribute("layer_names", ["conv1_conv"]);
  const group = h5.create_group("conv1_conv");
  group.create_attribute("weight_names", ["kernel"]);
  group.create_dataset({ name: "kernel", data: ["no number"] });
  h5.close();
  const { arrays } = await readKerasH5(text);
  expect(() => arrays.get("conv1_conv/kernel")?.read()).toThrow("has no floating-point numbers for");
  const empty = path.join(folder, "empty.h5");
  new File(empty, "w").close();
  await expect(readKerasH5(empty)).rejects.toThrow("is HDF5, but holds no layers as Keras writes them");
});

test("refuses a packed dataset that promises more than a weights file may hold, unread", async () => {
  const file = path.join(folder, "bomb.h5");
  const h5 = new File(file, "w");
  h5.create_attribute("layer_names", ["conv1_conv"]);
  const group = h5.create_group("conv1_conv");
  group.create_attribute("weight_names", ["kernel"]);
  const zeros = new Float32Array(4);
  group
    .create_dataset({
      name: "kernel",
      data: zeros,
      shape: [4],
      maxshape: [null],
      chunks: [4],
      compression: 9,
    })
    .resize([2 ** 30]);
  h5.close();
  expect((await stat(file)).size).toBeLessThan(100_000);
  await expect(readKerasH5(file)).rejects.toThrow("unpacks to more than a weights file may hold");
});

test("what is no number is never unpacked, however long it says that each is", async () => {
  const file = path.join(folder, "texts.h5");
  const h5 = new File(file, "w");
  h5.create_attribute("layer_names", ["conv1_conv"]);
  const group = h5.create_group("conv1_conv");
  group.create_attribute("weight_names", ["kernel"]);
  group.create_dataset({ name: "kernel", data: ["a"], shape: [1], dtype: "S1000000" });
  h5.close();
  const unpacked = vi.spyOn(Dataset.prototype, "value", "get");
  const { arrays } = await readKerasH5(file);
  expect(() => arrays.get("conv1_conv/kernel")?.read()).toThrow("no floating-point numbers");
  expect(unpacked).not.toHaveBeenCalled();
  unpacked.mockRestore();
});

test("refuses what is no HDF5, and a file that is not there", async () => {
  const other = path.join(folder, "other.h5");
  await writeFile(other, "no weights");
  for (const file of [other, path.join(folder, "none.h5")]) {
    await expect(readKerasH5(file)).rejects.toThrow("The weights file is no HDF5 file, or was cut short.");
  }
});

function numbersOf({ arrays }: StoredWeights): Record<string, number[]> {
  return Object.fromEntries([...arrays].map(([name, array]) => [name, [...array.read()]]));
}
