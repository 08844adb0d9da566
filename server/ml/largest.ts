/** The place of the largest value; the first of equals, as argmax has it. */
export function largestAt(values: Float32Array | Float64Array): number {
  let at = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) > (values[at] ?? 0)) at = i;
  return at;
}
