import { type NamedArray, zerosLike } from "../named-array";

/** How weights move against their gradients, and what an optimizer remembers between steps. */
export interface Optimizer {
  /** Moves the weights in place; `step` counts the steps before this one. */
  apply(weights: readonly NamedArray[], gradients: readonly Float32Array[], step: number): void;
  /** The moments, for a checkpoint; empty for plain gradient descent. */
  readonly moments: readonly NamedArray[];
}

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

/** Kingma and Ba 2015, with Keras' ε = 1e-7 outside the root and the bias correction in the rate. */
function adam(
  rateAt: (step: number) => number,
  weights: readonly NamedArray[],
  stored: readonly NamedArray[],
): Optimizer {
  const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-7];
  const fresh = [...prefixed("m", zerosLike(weights)), ...prefixed("v", zerosLike(weights))];
  const moments = stored.length > 0 ? stored : fresh;
  return {
    moments,
    apply(current, gradients, step) {
      const corrected = (rateAt(step) * Math.sqrt(1 - beta2 ** (step + 1))) / (1 - beta1 ** (step + 1));
      eachPair(current, gradients, (values, gradient, index) => {
        const m = moments[index]?.values ?? new Float32Array();
        const v = moments[index + current.length]?.values ?? new Float32Array();
        for (let i = 0; i < values.length; i++) {
          const slope = gradient[i] ?? 0;
          const first = (m[i] ?? 0) + (slope - (m[i] ?? 0)) * (1 - beta1);
          const second = (v[i] ?? 0) + (slope * slope - (v[i] ?? 0)) * (1 - beta2);
          m[i] = first;
          v[i] = second;
          values[i] = (values[i] ?? 0) - (corrected * first) / (Math.sqrt(second) + epsilon);
        }
      });
    },
  };
}

function prefixed(prefix: string, arrays: readonly NamedArray[]): NamedArray[] {
  return arrays.map((array) => ({ ...array, name: `${prefix}/${array.name}` }));
}

function eachPair(
  weights: readonly NamedArray[],
  gradients: readonly Float32Array[],
  visit: (values: Float32Array, gradient: Float32Array, index: number) => void,
): void {
  weights.forEach(({ name, values }, index) => {
    const gradient = gradients[index];
    if (gradient?.length !== values.length)
      throw new Error(`The gradient of ${name} does not fit its weights`);
    visit(values, gradient, index);
  });
}
