type Window = {
  /** Samples shown black and white. */
  readonly lower: number;
  readonly upper: number;
  readonly sigmoid: boolean;
  readonly inverted: boolean;
};

/**
 * What samples from `least` on are shown as, 0 to 255: along a line (PS3.3, C.11.2.1.3.2, `LINEAR_EXACT`) or along
 * a sigmoid (C.11.2.1.3.1), which goes on beyond the window.
 */
export function greyTable(
  { lower, upper, sigmoid, inverted }: Window,
  least: number,
  most: number,
): Uint8ClampedArray {
  const width = Math.max(upper - lower, 1e-6);
  const middle = (lower + upper) / 2;
  const table = new Uint8ClampedArray(most - least + 1);
  for (let at = 0; at < table.length; at += 1) {
    const from = (least + at - middle) / width;
    const grey = sigmoid ? 1 / (1 + Math.exp(-4 * from)) : Math.min(1, Math.max(0, from + 0.5));
    table[at] = 255 * (inverted ? 1 - grey : grey);
  }
  return table;
}
