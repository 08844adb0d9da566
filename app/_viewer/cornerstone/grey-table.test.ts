import { expect, test } from "vitest";
import { greyTable } from "./grey-table";

const samples = [-400, -100, 0, 100, 250, 499, 500, 600, 900, 1000, 1400];
/** Greys of them in a window from 0 to 1,000, against those expected; a table holds whole greys. */
const expectGreys = (window: { sigmoid: boolean; inverted: boolean }, expected: readonly number[]) => {
  const table = greyTable({ lower: 0, upper: 1000, ...window }, -400, 1400);
  for (const [at, sample] of samples.entries()) {
    expect(Math.abs((table[sample + 400] ?? -1) - (expected[at] ?? 0))).toBeLessThan(0.501);
  }
};

// pydicom 3.0.2: apply_windowing with WindowCenter 500 and WindowWidth 1000, its output spread over 0 to 255.
const line = [0, 0, 0, 25.5, 63.75, 127.245, 127.5, 153, 229.5, 255, 255];
const sigmoid = [6.782, 21.209, 30.397, 42.835, 68.58, 127.245, 127.5, 152.665, 212.165, 224.603, 248.218];

test("a window is a line", () => {
  expectGreys({ sigmoid: false, inverted: false }, line);
});

test("a window is a sigmoid where the file says so", () => {
  expectGreys({ sigmoid: true, inverted: false }, sigmoid);
});

test("inverted, black and white change places", () => {
  expectGreys(
    { sigmoid: true, inverted: true },
    sigmoid.map((grey) => 255 - grey),
  );
});

test("a window without width has two greys", () => {
  const table = greyTable({ lower: 2, upper: 2, sigmoid: false, inverted: false }, 0, 4);
  expect([...table]).toEqual([0, 0, 128, 255, 255]);
});
