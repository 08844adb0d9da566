import type { NamedArray } from "../named-array";

/** How weights move against their gradients, and what an optimizer remembers between steps. */
export interface Optimizer {
  /** Moves the weights in place; `step` counts the steps before this one. */
  apply(weights: readonly NamedArray[], gradients: readonly Float32Array[], step: number): void;
  /** The moments, for a checkpoint; empty for plain gradient descent. */
  readonly moments: readonly NamedArray[];
}

/** @throws Error for a gradient of another length than its weights. */
export function eachPair(
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
