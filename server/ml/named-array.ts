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

/** The same names and shapes with zeros, e.g. as an optimizer's first moments. */
export function zerosLike(arrays: readonly NamedArray[]): NamedArray[] {
  return arrays.map((array) => ({ ...array, values: new Float32Array(array.values.length) }));
}

/** The array of that name. @throws Error when there is none. */
export function arrayNamed(arrays: readonly NamedArray[], name: string): NamedArray {
  const found = arrays.find((array) => array.name === name);
  if (!found) throw new Error(`No array named ${name} among ${arrays.map((array) => array.name).join(", ")}`);
  return found;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
