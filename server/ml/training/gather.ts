import type { Random } from "../random";

/** The chosen rows of `values` [n, width], in that order, as [rows, width]. */
export function gatherRows(values: Float32Array, width: number, rows: readonly number[]): Float32Array {
  const gathered = new Float32Array(rows.length * width);
  rows.forEach((row, at) => {
    gathered.set(values.subarray(row * width, (row + 1) * width), at * width);
  });
  return gathered;
}

/** The labels of the chosen rows. */
export function gatherLabels(labels: Int32Array, rows: readonly number[]): Int32Array {
  return Int32Array.from(rows, (row) => labels[row] ?? 0);
}

/** Inverted dropout: each factor is 0 with probability `rate`, else 1 ÷ (1 − rate); null when rate is 0. */
export function dropoutMask(length: number, rate: number, random: Random): Float32Array | null {
  if (rate === 0) return null;
  const kept = 1 / (1 - rate);
  return Float32Array.from({ length }, () => (random.uniform() < rate ? 0 : kept));
}
