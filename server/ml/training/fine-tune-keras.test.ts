import { beforeAll, expect, test } from "vitest";
import { loadEngine } from "../engine";
import type { Head } from "../head";
import { efficientNetLite0Network } from "../networks/efficientnet-lite0";
import { type TrainableBase, trainableBase } from "../networks/trainable-base";
import { efficientNetByFormula, wave } from "../reference/formula";
import { fineTune } from "./fine-tune";
import { publishedOptions, type TrainingOptions } from "./options";

const pixels = 224 * 224 * 3;
const six = wave(6 * pixels, 1000).map((u) => u * 2 - 1);
const labels = Int32Array.of(0, 1, 0, 1, 0, 1);
const options: TrainingOptions = {
  ...publishedOptions,
  epochs: 8,
  batchSize: 6,
  hidden: 16,
  loss: "categorical-crossentropy",
  classWeights: "none",
};

beforeAll(async () => {
  await loadEngine("auto");
});

// Keras 3.15.1 on TensorFlow 2.21.0, by reference/fine_tuning_steps.py.
test.each([
  {
    optimizer: "adam" as const,
    learningRate: 2e-5,
    keras: [0.9566022, 0.8848932, 0.8232538, 0.7712286, 0.7321227, 0.712217, 0.7010353, 0.694795],
  },
  {
    optimizer: "sgd" as const,
    learningRate: 5e-4,
    keras: [0.9566022, 0.7124028, 0.6978679, 0.6955702, 0.6939803, 0.6924585, 0.6909476, 0.6894419],
  },
])("$optimizer follows Keras' loss step by step through base and head", async (asked) => {
  const { optimizer, learningRate, keras } = asked;
  const base = await topOfLite0();
  const { history } = await fineTune({
    base,
    head: headByFormula(),
    labels,
    images,
    validation: { labels: new Int32Array(), images: () => images([]) },
    options: { ...options, optimizer, learningRate },
  });
  expect(history.map(({ loss }) => loss)).toHaveLength(keras.length);
  history.forEach(({ loss }, step) => {
    expect(Math.abs(loss - (keras[step] ?? 0)), `step ${step + 1}`).toBeLessThan(1e-4);
  });
  base.dispose();
});

function topOfLite0(): Promise<TrainableBase> {
  return trainableBase({ network: efficientNetLite0Network, weights: efficientNetByFormula(), from: "top" });
}

/** Six images in any order: each step sees all of them. */
async function* images(order: readonly number[]): AsyncGenerator<Float32Array> {
  for (const at of order) yield six.subarray(at * pixels, (at + 1) * pixels);
}

function headByFormula(): Head {
  const centred = (count: number, k: number, scale = 1) => wave(count, k).map((u) => (u - 0.5) * scale);
  return {
    ...{ pooling: "gap", width: 1280, hidden: 16, classes: 2 },
    hiddenKernel: centred(1280 * 16, 21, 2 / Math.sqrt(1280)),
    hiddenBias: centred(16, 22),
    outputKernel: centred(32, 23),
    outputBias: centred(2, 24),
  };
}
