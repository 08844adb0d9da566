import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ready } from "h5wasm/node";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { loadEngine } from "../engine";
import type { NamedArray } from "../named-array";
import { denseNet121 } from "../networks/densenet121";
import { newDenseNetWeights } from "../networks/densenet121-layers";
import { pooledFeatures } from "../predict";
import { seededRandom } from "../random";
import { denseNetByFormula, wave } from "../reference/formula";
import { torchFile } from "../reference/torch-files";
import { writeKerasNetwork } from "./keras/keras-h5.fixture";
import { loadWeights } from "./load";
import { writeSafetensors } from "./safetensors.fixture";

let folder = "";
const weights = newDenseNetWeights(seededRandom(4));
const classifier = { name: "predictions/bias", shape: [14], values: new Float32Array(14) };

beforeAll(async () => {
  await ready;
  folder = await mkdtemp(path.join(tmpdir(), "overread-weights-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function kerasNetwork(arrays: readonly NamedArray[], weightless?: readonly string[]) {
  const file = path.join(folder, "network.h5");
  writeKerasNetwork(file, arrays, weightless);
  return readFile(file);
}

const formats = [
  { format: "keras-h5", write: kerasNetwork },
  { format: "safetensors", write: async (arrays: readonly NamedArray[]) => writeSafetensors(arrays) },
];

describe.each(formats)("a $format file of DenseNet-121", ({ format, write }) => {
  it("is loaded by its layers' names; the classifier is named as unused", async () => {
    const loaded = await loadWeights("densenet121", await write([...weights, classifier]));
    expect(loaded).toMatchObject({ format, unused: ["predictions/bias"], preprocess: "imagenet" });
    expect(loaded.weights).toEqual(weights);
  });

  it.each([
    {
      what: "a layer is missing",
      change: (all: NamedArray[]) => all.filter(({ name }) => name !== "bn/gamma"),
      says: "bn/gamma is missing.",
    },
    {
      what: "one shape is wrong",
      change: (all: NamedArray[]) =>
        all.map((array) =>
          array.name === "bn/beta" ? { ...array, shape: [2], values: new Float32Array(2) } : array,
        ),
      says: "bn/beta is 2, not 1024.",
    },
    {
      what: "it is another network's",
      change: () => [{ name: "stem_conv/kernel", shape: [1], values: new Float32Array(1) }],
      says: "conv1_conv/kernel is missing, and 603 more weights do not fit.",
    },
  ])("is refused in plain words where $what", async ({ change, says }) => {
    await expect(loadWeights("densenet121", await write(change([...weights])))).rejects.toMatchObject({
      failure: { code: "invalid", message: `The file does not hold DenseNet-121: ${says}` },
    });
  });

  it("is refused when it was cut short", async () => {
    const whole = await write(weights);
    const cut = loadWeights("densenet121", whole.subarray(0, whole.length / 2));
    await expect(cut).rejects.toThrow(/The weights file .*was cut short/);
  });
});

test("a PyTorch checkpoint of another network is refused", async () => {
  await expect(loadWeights("densenet121", torchFile("zip"))).rejects.toThrow(
    "The file does not hold DenseNet-121: conv1_conv/kernel is missing, and 603 more weights do not fit.",
  );
});

test.each([
  { what: "a picture", bytes: Buffer.from("\x89PNG\r\n\x1a\n0000", "latin1") },
  { what: "an empty file", bytes: Buffer.alloc(0) },
  { what: "a page that a server sent in its place", bytes: Buffer.from("<!doctype html><title>Sign in") },
])("$what is no weights file, whatever it is called", async ({ bytes }) => {
  await expect(loadWeights("densenet121", bytes)).rejects.toThrow("is of no known format");
});

describe("a model that went from its last BatchNorm to pooling without ReLU", () => {
  it.each([
    // As Keras listed them before and after August 2018, and a file that lists layers with weights alone.
    { layers: ["conv1/relu", "avg_pool"], ends: "bn" },
    { layers: ["conv1/relu", "relu", "avg_pool"], ends: "relu" },
    { layers: [], ends: "relu" },
  ])("is known by its layers $layers", async ({ layers, ends }) => {
    expect(await loadWeights("densenet121", await kerasNetwork(weights, layers))).toMatchObject({ ends });
  });

  it("is followed", async () => {
    await loadEngine("wasm");
    // reference/densenet121.py: Keras 3.15.1 on TensorFlow 2.21.0; every 32nd of 1,024 features.
    const keras = [
      -1.645564, 1.621007, 4.914688, -0.7665393, -3.235364, -3.016623, 0.0426245, 0.9140861, 3.66043,
      -0.6667061, -1.211521, 0.1394351, 1.951703, 1.806663, -3.079109, -2.121722, -2.463881, -1.132391,
      -2.245744, -1.149161, -4.592395, 0.4139676, 3.189829, 4.60392, -0.5508338, -1.797621, 4.231201,
      -0.9620991, -1.188441, -4.026458, -0.3982664, 0.568562,
    ];
    const base = denseNet121(denseNetByFormula(), "bn");
    const features = pooledFeatures(base, wave(224 * 224 * 3, 1000));
    base.dispose();
    keras.forEach((expected, at) => {
      expect(Math.abs((features[at * 32] ?? Number.NaN) - expected)).toBeLessThan(1e-4);
    });
  });
});
