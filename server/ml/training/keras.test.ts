import { expect, test } from "vitest";
import { type Head, headArrays, predictHead } from "../head";
import { wave } from "../reference/formula";
import { classWeights } from "./class-weights";
import { headStep } from "./head-step";
import { optimizerFor } from "./optimizer";

// Expected: Keras 3.15.1 on TensorFlow 2.21.0, by reference/head_training.py: the loss of every seventh of 50
// steps and of the last, with balanced class weights and time decay, and the probabilities of three rows after them.
test.each([
  {
    loss: "binary-crossentropy" as const,
    optimizer: "adam" as const,
    losses: [0.71079, 0.609563, 0.606227, 0.637765, 0.554534, 0.55423, 0.547726, 0.450491, 0.450491],
    probabilities: [0.317867, 0.360213, 0.32192, 0.457203, 0.166277, 0.376519, 0.243648, 0.171319, 0.585032],
  },
  {
    loss: "binary-crossentropy" as const,
    optimizer: "sgd" as const,
    losses: [0.71079, 0.618502, 0.611937, 0.678458, 0.59911, 0.60431, 0.664305, 0.589616, 0.589616],
    probabilities: [0.307585, 0.363648, 0.328768, 0.318839, 0.328686, 0.352474, 0.320546, 0.299768, 0.379686],
  },
  {
    loss: "categorical-crossentropy" as const,
    optimizer: "adam" as const,
    losses: [1.235497, 1.05514, 1.040548, 1.093004, 0.945776, 0.938073, 0.926591, 0.747487, 0.747487],
    probabilities: [0.330839, 0.355092, 0.314069, 0.478626, 0.164936, 0.356438, 0.256322, 0.184659, 0.55902],
  },
  {
    loss: "categorical-crossentropy" as const,
    optimizer: "sgd" as const,
    losses: [1.235497, 1.057463, 1.038843, 1.123672, 0.985404, 0.992884, 1.046745, 0.931115, 0.931115],
    probabilities: [0.309813, 0.380597, 0.30959, 0.335905, 0.297886, 0.366209, 0.282, 0.256786, 0.461213],
  },
])("$optimizer with $loss follows Keras step by step", ({ loss, optimizer, losses, probabilities }) => {
  const [rows, width, batch] = [24, 10, 8];
  const features = wave(rows * width, 1);
  const labels = Int32Array.from({ length: rows }, (_, row) => Math.trunc((features[row * width] ?? 0) * 3));
  const learningRate = optimizer === "adam" ? 0.01 : 0.3;
  const head = startingHead(width, 8, 3);
  const weights = headArrays(head);
  const moving = optimizerFor({ optimizer, learningRate, decay: learningRate / 5 }, weights);
  const byClass = classWeights(labels, 3, "balanced");

  const own = Array.from({ length: 50 }, (_, step) => {
    const first = (step * batch) % rows;
    const result = headStep(
      head,
      {
        features: features.subarray(first * width, (first + batch) * width),
        labels: labels.subarray(first, first + batch),
        classWeights: byClass,
        loss,
        mask: null,
      },
      false,
    );
    moving.apply(weights, result.byWeight, step);
    return result.loss;
  });

  const compared = [...own.filter((_, step) => step % 7 === 0), ...own.slice(-1)];
  expect(compared).toHaveLength(losses.length);
  losses.forEach((expected, i) => {
    expect(Math.abs((compared[i] ?? 0) - expected)).toBeLessThan(1e-5);
  });
  const predicted = predictHead(head, features.subarray(0, 3 * width));
  probabilities.forEach((expected, i) => {
    expect(Math.abs((predicted[i] ?? 0) - expected)).toBeLessThan(1e-5);
  });
});

function startingHead(width: number, hidden: number, classes: number): Head {
  const start = (count: number, k: number) => wave(count, k).map((u) => (u - 0.5) * 0.8);
  return {
    pooling: "gap",
    width,
    hidden,
    classes,
    hiddenKernel: start(width * hidden, 2),
    hiddenBias: start(hidden, 3),
    outputKernel: start(hidden * classes, 4),
    outputBias: start(classes, 5),
  };
}
