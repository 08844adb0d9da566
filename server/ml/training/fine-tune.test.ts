import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { decodeCheckpoint, encodeCheckpoint } from "../checkpoint";
import { loadEngine } from "../engine";
import { newHead } from "../head";
import { copyArrays } from "../named-array";
import { efficientNetLite0Network } from "../networks/efficientnet-lite0";
import { type TrainableBase, trainableBase } from "../networks/trainable-base";
import { seededRandom } from "../random";
import { efficientNetByFormula, wave } from "../reference/formula";
import { type FineTuning, fineTune } from "./fine-tune";
import { publishedOptions } from "./options";

const pixels = 224 * 224 * 3;
const count = 4;
const labels = Int32Array.from({ length: count }, (_, at) => at % 2);
const options = { ...publishedOptions, epochs: 2, batchSize: 2, learningRate: 1e-4, dropout: 0.5, seed: 3 };

beforeAll(async () => {
  await loadEngine("wasm");
});

function openBase(): Promise<TrainableBase> {
  return trainableBase({ network: efficientNetLite0Network, weights: efficientNetByFormula(), from: "top" });
}

function tuning(base: TrainableBase): FineTuning {
  return {
    before: 5,
    base,
    head: newHead({ pooling: "gap", width: 1280, hidden: 8, classes: 2 }, seededRandom(1)),
    labels,
    images: (order) => images(order),
    validation: { labels, images: () => images([0, 1, 2, 3]) },
    options,
  };
}

async function* images(order: readonly number[]): AsyncGenerator<Float32Array> {
  for (const at of order) yield wave(pixels, 1000 + at).map((u) => u * 2 - 1);
}

test("moves the base from a stage on and the head; statistics, the stages before and the engine's memory stay", async () => {
  const base = await openBase();
  const before = copyArrays(base.allWeights());
  const tensors = tf.memory().numTensors;
  const counts: number[] = [];
  const { history, keptEpoch } = await fineTune({
    ...tuning(base),
    onEpoch: () => void counts.push(tf.memory().numTensors),
  });
  expect(counts).toEqual([tensors, tensors]);
  expect(history.map(({ epoch }) => epoch)).toEqual([6, 7]);
  expect(keptEpoch).toBe(7);
  const moved = base
    .allWeights()
    .filter(({ values }, at) => !values.every((x, i) => x === before[at]?.values[i]));
  expect(moved.map(({ name }) => name)).toEqual(["top_conv/kernel", "top_bn/gamma", "top_bn/beta"]);
  base.dispose();
}, 120_000);

test("resumed from a stored checkpoint it gives the same base, head and figures", async () => {
  const [one, other] = [await openBase(), await openBase()];
  const stored: Buffer[] = [];
  const whole = {
    ...tuning(one),
    onEpoch: (_: unknown, state: Parameters<typeof encodeCheckpoint>[0]) =>
      void stored.push(encodeCheckpoint(state)),
  };
  const straight = await fineTune(whole);
  const resumed = { ...tuning(other), resume: decodeCheckpoint(stored[0] ?? Buffer.alloc(0)) };
  expect(resumed.resume.before).toBe(5);
  const outcome = await fineTune(resumed);
  expect(outcome.history.map(({ loss, valLoss }) => [loss, valLoss])).toEqual(
    straight.history.map(({ loss, valLoss }) => [loss, valLoss]),
  );
  expect(other.weights).toEqual(one.weights);
  expect(resumed.head).toEqual(whole.head);
}, 120_000);
