import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { decodeCheckpoint, encodeCheckpoint } from "../checkpoint";
import { loadEngine } from "../engine";
import { compactBase } from "../networks/compact";
import { predictImages } from "../predict";
import { seededRandom } from "../random";
import { phantoms } from "../reference/phantom";
import { saliency } from "../saliency";
import { publishedOptions, type TrainingOptions } from "./options";
import { trainWhole } from "./train-whole";

const options: TrainingOptions = { ...publishedOptions, epochs: 2, batchSize: 8, dropout: 0.5 };
const few = phantoms(24, seededRandom(1));
const small = { ...few, classes: 2, validation: few, options };

beforeAll(async () => {
  await loadEngine("wasm");
});

test("the compact network learns to tell phantoms apart, and predictions and maps agree on them", async () => {
  const random = seededRandom(3);
  const { head, weights, history } = await trainWhole({
    ...phantoms(80, random),
    classes: 2,
    validation: phantoms(24, random),
    options: { ...options, epochs: 6, dropout: 0, earlyStopping: { patience: 6 } },
  });
  expect(Math.max(...history.map(({ valAccuracy }) => valAccuracy ?? 0))).toBeGreaterThan(0.85);

  const base = compactBase(weights);
  const test = phantoms(24, seededRandom(4));
  const probabilities = predictImages(base, head, test.images);
  const right = test.labels.filter((label, i) => Number((probabilities[i * 2 + 1] ?? 0) > 0.5) === label);
  expect(right.length).toBeGreaterThan(19);

  const image = test.images.subarray(96 * 96, 2 * 96 * 96);
  const map = saliency({ base, head, image, classIndex: 1, method: "hirescam" });
  expect({ height: map.height, width: map.width }).toEqual({ height: 12, width: 12 });
  expect(map.max).toBeGreaterThan(0);
  expect(map.probability).toBeCloseTo(probabilities[3] ?? 0, 5);
  base.dispose();
}, 180_000); // 10 s on a free core

test("an epoch leaves no tensor behind", async () => {
  const counts: number[] = [];
  const before = tf.memory().numTensors;
  await trainWhole({
    ...small,
    augmentation: { rotation: 10 },
    onEpoch: () => void counts.push(tf.memory().numTensors),
  });
  expect(counts).toEqual([before, before]);
});

test("resumed from a stored checkpoint it gives the same numbers, rotation and dropout included", async () => {
  const turned = { ...small, augmentation: { rotation: 15 } };
  const stored: Buffer[] = [];
  const whole = await trainWhole({
    ...turned,
    onEpoch: (_, state) => void stored.push(encodeCheckpoint(state)),
  });
  const resumed = await trainWhole({ ...turned, resume: decodeCheckpoint(stored[0] ?? Buffer.alloc(0)) });
  expect(resumed.weights).toEqual(whole.weights);
  expect(resumed.head).toEqual(whole.head);
});

test("is cancelled between two batches and leaves no tensor behind", async () => {
  const before = tf.memory().numTensors;
  const controller = new AbortController();
  const running = trainWhole({ ...small, signal: controller.signal });
  setTimeout(() => controller.abort(new Error("Cancelled by the user")), 20);
  await expect(running).rejects.toThrow("Cancelled by the user");
  expect(tf.memory().numTensors).toBe(before);
});

test("refuses images that do not fit their labels", async () => {
  await expect(trainWhole({ ...small, labels: new Int32Array(3) })).rejects.toMatchObject({
    failure: { code: "invalid", message: expect.stringContaining("3 of 96 × 96 were expected") },
  });
});
