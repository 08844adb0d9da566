import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { File, Group, ready } from "h5wasm/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type NamedArray, sizeOf } from "../named-array";
import { newDenseNetWeights } from "../networks/densenet121-layers";
import { seededRandom } from "../random";
import { readKerasH5 } from "./keras-h5";
import { loadWeights } from "./load";

let folder = "";

beforeAll(async () => {
  await ready;
  folder = await mkdtemp(path.join(tmpdir(), "overread-h5-"));
});
afterAll(() => rm(folder, { recursive: true }));

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
  expect(await readKerasH5(file)).toEqual([
    { name: "conv1_conv/kernel", shape: [1, 1, 2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) },
  ]);
});

test("loads DenseNet-121 by layer name and names the classifier as unused", async () => {
  const weights = newDenseNetWeights(seededRandom(4));
  const file = await writeNetwork("whole.h5", [
    ...weights,
    { name: "predictions/bias", shape: [14], values: new Float32Array(14) },
  ]);
  const loaded = await loadWeights("densenet121", await readFile(file));
  expect(loaded.format).toBe("keras-h5");
  expect(loaded.unused).toEqual(["predictions/bias"]);
  expect(loaded.weights).toEqual(weights);
});

test.each([
  {
    what: "a missing layer",
    change: (weights: NamedArray[]) => weights.filter(({ name }) => name !== "bn/gamma"),
    message: "bn/gamma is missing.",
  },
  {
    what: "a wrong shape",
    change: (weights: NamedArray[]) =>
      weights.map((array) =>
        array.name === "bn/beta" ? { ...array, shape: [2], values: new Float32Array(2) } : array,
      ),
    message: "bn/beta is 2, not 1024.",
  },
  {
    what: "another network",
    change: () => [{ name: "stem_conv/kernel", shape: [1], values: new Float32Array(1) }],
    message: "conv1_conv/kernel is missing, and 603 more weights do not fit.",
  },
])("refuses $what in plain words", async ({ what, change, message }) => {
  const file = await writeNetwork(`${what}.h5`, change(newDenseNetWeights(seededRandom(4))));
  await expect(loadWeights("densenet121", await readFile(file))).rejects.toMatchObject({
    failure: { code: "invalid", message: `The file does not hold DenseNet-121: ${message}` },
  });
});

test("refuses a file that was cut short, one of another kind, and one that is not there", async () => {
  const whole = await readFile(
    await writeNetwork("cut.h5", newDenseNetWeights(seededRandom(4)).slice(0, 20)),
  );
  const cut = path.join(folder, "cut.h5");
  await writeFile(cut, whole.subarray(0, whole.length / 2));
  const other = path.join(folder, "other.h5");
  await writeFile(other, "no weights");
  for (const file of [cut, other, path.join(folder, "none.h5")]) {
    await expect(readKerasH5(file)).rejects.toMatchObject({
      failure: { code: "invalid", message: "The weights file is no HDF5 file, or was cut short." },
    });
  }
});

type Weight = { layer: string; weight: string; shape: number[]; values: Float32Array };

async function writeNetwork(name: string, weights: readonly NamedArray[]): Promise<string> {
  const file = path.join(folder, name);
  const entries = weights.map((array) => ({
    layer: array.name.slice(0, array.name.lastIndexOf("/")),
    weight: array.name,
    shape: [...array.shape],
    values: array.values,
  }));
  expect(entries.every(({ shape, values }) => sizeOf(shape) === values.length)).toBe(true);
  writeKeras(file, "", entries);
  return file;
}

function writeKeras(file: string, rootName: string, weights: readonly Weight[]): void {
  const h5 = new File(file, "w");
  const root = rootName === "" ? h5 : h5.create_group(rootName);
  const layers = [...new Set(weights.map(({ layer }) => layer))];
  root.create_attribute("layer_names", layers);
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

function nested(group: Group, names: string): Group {
  return names.split("/").reduce((parent, name) => {
    const existing = parent.keys().includes(name) ? parent.get(name) : parent.create_group(name);
    if (!(existing instanceof Group)) throw new Error(`${name} is no group`);
    return existing;
  }, group);
}
