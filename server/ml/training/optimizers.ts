import type { NamedArray } from "../named-array";
import { adam } from "./adam";
import { eachPair, type Optimizer } from "./optimizer";

export type OptimizerSettings = {
  readonly optimizer: "adam" | "sgd";
  readonly learningRate: number;
  readonly decay: number;
};

/** Adam or SGD as Keras 3 computes them, with its time decay. `moments` continues a stored run. */
export function optimizerFor(
  settings: OptimizerSettings,
  weights: readonly NamedArray[],
  moments: readonly NamedArray[] = [],
): Optimizer {
  const rateAt = (step: number) => settings.learningRate / (1 + settings.decay * step);
  return settings.optimizer === "sgd" ? plainDescent(rateAt) : adam(rateAt, weights, moments);
}

function plainDescent(rateAt: (step: number) => number): Optimizer {
  return {
    moments: [],
    apply(weights, gradients, step) {
      const rate = rateAt(step);
      eachPair(weights, gradients, (values, gradient) => {
        for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) - rate * (gradient[i] ?? 0);
      });
    },
  };
}
