import { expect, test } from "vitest";
import { decodeCheckpoint, encodeCheckpoint, type TrainingState } from "./checkpoint";
import { newHead } from "./head";
import { decodeModel, encodeModel, type StoredModel } from "./model-file";
import { seededRandom } from "./random";
import { publishedOptions } from "./training/options";

const array = (name: string, ...values: number[]) => ({
  name,
  shape: [values.length],
  values: Float32Array.from(values),
});

const state: TrainingState = {
  options: { ...publishedOptions, earlyStopping: { patience: 3 } },
  before: 0,
  epoch: 2,
  step: 57,
  weights: [array("a", 1, 2, 3), array("b", -0.5)],
  moments: [array("m/a", 0.1, 0.2, 0.3)],
  best: { epoch: 1, valLoss: 0.4, weights: [array("a", 7, 8, 9), array("b", 0.5)] },
  history: [{ epoch: 1, loss: 0.7, accuracy: 0.5, valLoss: null, valAccuracy: null, seconds: 0.2 }],
};

const model: StoredModel = {
  network: "compact",
  preprocess: "compact",
  classes: ["normal", "pneumonia"],
  threshold: 0.42,
  base: { kind: "own", weights: [array("conv1/bias", 1, 2)], ends: "bn" },
  head: newHead({ pooling: "avgpool4x4-flatten", width: 3, hidden: 2, classes: 2 }, seededRandom(1)),
};

test("a checkpoint comes back as it was, with and without a best epoch", () => {
  expect(decodeCheckpoint(encodeCheckpoint(state))).toEqual(state);
  const plain = { ...state, best: null, moments: [] };
  expect(decodeCheckpoint(encodeCheckpoint(plain))).toEqual(plain);
});

test("a model comes back as it was, with its own weights or the address of its base's", () => {
  expect(decodeModel(encodeModel(model))).toEqual(model);
  const referring: StoredModel = { ...model, network: "densenet121", base: { kind: "file", sha256: "ab" } };
  expect(decodeModel(encodeModel(referring))).toEqual(referring);
});

test.each([
  { what: "a flipped bit", damage: (whole: Buffer) => whole.fill(whole.readUInt8(60) ^ 1, 60, 61) },
  { what: "a cut end", damage: (whole: Buffer) => whole.subarray(0, whole.length - 1) },
  { what: "a cut header", damage: (whole: Buffer) => whole.subarray(0, 20) },
])("$what is found", ({ damage }) => {
  expect(() => decodeCheckpoint(damage(encodeCheckpoint(state)))).toThrow("The checkpoint is damaged");
  expect(() => decodeModel(damage(encodeModel(model)))).toThrow("The model file is damaged");
});

test("a file of another kind is refused as such", () => {
  expect(() => decodeCheckpoint(encodeModel(model))).toThrow("a file of another kind");
  expect(() => decodeModel(Buffer.alloc(0))).toThrow("a file of another kind");
});
