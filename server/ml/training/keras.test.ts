import { expect, test } from "vitest";
import { z } from "zod";
import { type Head, headArrays, predictHead } from "../head";
import { wave } from "../reference/formula";
import reference from "../reference/head_training.json";
import { classWeights } from "./class-weights";
import { headStep } from "./head-step";
import { lossNames } from "./loss";
import { optimizerFor } from "./optimizers";

const count = z.number().int();
const caseSchema = z.object({
  shape: z.object({ rows: count, width: count, hidden: count, classes: count, batch: count }),
  options: z.object({
    loss: z.enum(lossNames),
    optimizer: z.enum(["adam", "sgd"]),
    learningRate: z.number(),
    l1: z.number(),
    l2: z.number(),
  }),
  scale: z.number(),
  losses: z.array(z.number()).length(50),
  probabilities: z.array(z.number()),
});

// Expected: Keras 3.15.1 on TensorFlow 2.21.0, by reference/head_training.py: 50 steps from the same first weights
// over the same batches, with balanced class weights and time decay.
test.each(z.array(caseSchema).parse(reference))(
  "$options.optimizer with $options.loss on $shape.width features follows Keras step by step",
  (asked) => {
    const { shape, options, scale, losses, probabilities } = asked;
    const { rows, width, batch, classes } = shape;
    const features = wave(rows * width, 1);
    const labels = Int32Array.from({ length: rows }, (_, row) =>
      Math.trunc((features[row * width] ?? 0) * classes),
    );
    const head = startingHead(shape, scale);
    const weights = headArrays(head);
    const { optimizer, learningRate, loss } = options;
    const moving = optimizerFor({ optimizer, learningRate, decay: learningRate / 5 }, weights);
    const byClass = classWeights(labels, classes, "balanced");

    losses.forEach((expected, step) => {
      const first = (step * batch) % rows;
      const result = headStep(
        head,
        {
          features: features.subarray(first * width, (first + batch) * width),
          labels: labels.subarray(first, first + batch),
          classWeights: byClass,
          loss,
          penalty: options,
          mask: null,
        },
        false,
      );
      moving.apply(weights, result.byWeight, step);
      expect(Math.abs(result.loss - expected), `step ${step + 1}`).toBeLessThan(1e-4);
    });
    const predicted = predictHead(head, features.subarray(0, 3 * width));
    probabilities.forEach((expected, i) => {
      expect(Math.abs((predicted[i] ?? 0) - expected)).toBeLessThan(1e-4);
    });
  },
);

type Shape = z.output<typeof caseSchema>["shape"];

function startingHead({ width, hidden, classes }: Shape, scale: number): Head {
  const start = (length: number, k: number) => wave(length, k).map((u) => (u - 0.5) * scale);
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
