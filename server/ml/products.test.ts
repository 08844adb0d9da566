import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import wabt from "wabt";
import { outerSum, product } from "./products";
import { productsBinary } from "./products-binary";
import { wave } from "./reference/formula";

test("the bytes are what the text assembles to", async () => {
  const text = await readFile(path.join(import.meta.dirname, "products.wat"), "utf8");
  const parsed = (await wabt()).parseWat("products.wat", text, { simd: true });
  const { buffer } = parsed.toBinary({});
  expect(Buffer.from(buffer).toString("base64")).toBe(productsBinary);
});

describe.each([
  { rows: 1, inner: 1, units: 1 },
  { rows: 16, inner: 1280, units: 64 },
  { rows: 7, inner: 10, units: 3 },
  { rows: 300, inner: 64, units: 2 },
])("a product of $rows × $inner by $inner × $units", ({ rows, inner, units }) => {
  const left = wave(rows * inner, 1).map((u) => u - 0.5);
  const right = wave(inner * units, 2).map((u) => u - 0.5);
  // Expected: the definition, summed in double precision.
  const expected = Float64Array.from({ length: rows * units }, (_, at) => {
    const [row, unit] = [Math.floor(at / units), at % units];
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += (left[row * inner + k] ?? 0) * (right[k * units + unit] ?? 0);
    return sum;
  });

  test("is the sum of products", () => {
    near(product(left, right, inner), expected);
  });

  test("is the same from the transposed left side", () => {
    const transposed = Float32Array.from(
      left,
      (_, at) => left[(at % rows) * inner + Math.floor(at / rows)] ?? 0,
    );
    near(outerSum(transposed, right, inner), expected);
  });
});

test("of no rows is nothing, and what is no number stays none", () => {
  expect(product(new Float32Array(), new Float32Array(6), 3)).toEqual(new Float32Array());
  const [first, second] = product(Float32Array.of(Number.NaN, 1, 1, 1), Float32Array.of(0, 1), 2);
  expect([first, second]).toEqual([Number.NaN, 1]);
});

/** Within what adding 1,280 numbers in float32 rounds off. */
function near(values: Float32Array, expected: Float64Array): void {
  expect(values).toHaveLength(expected.length);
  expected.forEach((value, at) => {
    expect(Math.abs((values[at] ?? 0) - value)).toBeLessThan(2e-5);
  });
}
