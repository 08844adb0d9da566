import { expect, it } from "vitest";
import { randomSplit } from "./random-split";

const published = { train: 60, validation: 20, test: 20 };
/** 132 of one class among 1,360 of another, mixed. */
const strata = {
  of: Int32Array.from({ length: 1492 }, (_, image) => (image % 11 === 0 && image < 1452 ? 0 : 1)),
  count: 2,
};

it("gives every class its share of every part", () => {
  const partOf = randomSplit(strata, published, 42);
  const count = (stratum: number, part: number) =>
    partOf.filter((of, image) => of === part && strata.of[image] === stratum).length;
  expect([0, 1, 2].map((part) => count(0, part))).toEqual([79, 26, 27]);
  expect([0, 1, 2].map((part) => count(1, part))).toEqual([816, 272, 272]);
});

it("is told by its seed", () => {
  expect(randomSplit(strata, published, 42)).toEqual(randomSplit(strata, published, 42));
  expect(randomSplit(strata, published, 42)).not.toEqual(randomSplit(strata, published, 43));
});

// A split is told by its row for good: a change of the generator would make old rows lie.
it("is the one that seed 42 has always given", () => {
  const twenty = { of: Int32Array.from({ length: 20 }, (_, image) => image % 2), count: 2 };
  expect([...randomSplit(twenty, published, 42)].join("")).toBe("01102001102002020000");
});

it("gives every image each part as often as its share, over many seeds", () => {
  const few = { of: new Int32Array(10), count: 1 };
  const inTest = new Int32Array(10);
  for (let seed = 0; seed < 5000; seed++) {
    randomSplit(few, published, seed).forEach((part, image) => {
      if (part === 2) inTest[image] = (inTest[image] ?? 0) + 1;
    });
  }
  // Binomial, n = 5,000, p = 0.2: the standard deviation is 28.3; four of them either side.
  for (const count of inTest) expect(Math.abs(count - 1000)).toBeLessThan(114);
});
