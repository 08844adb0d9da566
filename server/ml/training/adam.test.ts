import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import wabt from "wabt";
import { wave } from "../reference/formula";
import { adam } from "./adam";
import { adamBinary } from "./adam-binary";

test("the bytes are what the text assembles to", async () => {
  const text = await readFile(path.join(import.meta.dirname, "adam.wat"), "utf8");
  const parsed = (await wabt()).parseWat("adam.wat", text, { simd: true });
  const { buffer } = parsed.toBinary({});
  expect(Buffer.from(buffer).toString("base64")).toBe(adamBinary);
});

test("weights of any length move as in the paper, each by its own moments", () => {
  const weights = [1, 5, 16].map((length, at) => ({
    name: `w${at}`,
    shape: [length],
    values: wave(length, at),
  }));
  const expected = weights.map(({ values }) => Float64Array.from(values));
  const first = expected.map((values) => values.map(() => 0));
  const second = expected.map((values) => values.map(() => 0));
  const optimizer = adam(() => 0.01, weights, []);
  for (let step = 0; step < 20; step++) {
    const gradients = weights.map(({ values }, at) => wave(values.length, 10 + 3 * step + at));
    optimizer.apply(weights, gradients, step);
    // Algorithm 1 of Kingma and Ba 2015, in double precision, with Keras' place of ε.
    const rate = (0.01 * Math.sqrt(1 - 0.999 ** (step + 1))) / (1 - 0.9 ** (step + 1));
    expected.forEach((values, at) => {
      values.forEach((value, place) => {
        const slope = gradients[at]?.[place] ?? Number.NaN;
        const m = 0.9 * (first[at]?.[place] ?? 0) + 0.1 * slope;
        const v = 0.999 * (second[at]?.[place] ?? 0) + 0.001 * slope ** 2;
        first[at]?.set([m], place);
        second[at]?.set([v], place);
        values[place] = value - (rate * m) / (Math.sqrt(v) + 1e-7);
      });
    });
  }
  weights.forEach(({ values }, at) => {
    values.forEach((value, place) => {
      expect(value).toBeCloseTo(expected[at]?.[place] ?? Number.NaN, 5);
    });
  });
  expect(optimizer.moments.map(({ name }) => name)).toEqual(["m/w0", "m/w1", "m/w2", "v/w0", "v/w1", "v/w2"]);
});
