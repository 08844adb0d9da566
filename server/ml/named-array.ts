/** A weight, or anything else that training keeps per weight. */
export type NamedArray = {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
};

/** The same names and shapes with copied values. */
export function copyArrays(arrays: readonly NamedArray[]): NamedArray[] {
  return arrays.map((array) => ({ ...array, values: array.values.slice() }));
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
