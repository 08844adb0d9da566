import { expect, test } from "vitest";
import { erfc } from "./normal";
import { aucStandardError, deLong, mcNemar } from "./paired";
import { secondScores, twoClasses } from "./reference/scored";

test.each([
  // statsmodels 0.15.0, mcnemar(exact=True), by reference/metrics.py.
  { b: 1, c: 9, p: 0.021484375 },
  { b: 5, c: 5, p: 1 },
  { b: 0, c: 0, p: 1 },
  { b: 12, c: 3, p: 0.03515625 },
  { b: 40, c: 61, p: 0.046044066929342785 },
])("McNemar's exact test of $b against $c", ({ b, c, p }) => {
  expect(mcNemar(b, c)).toBeCloseTo(p, 12);
  expect(mcNemar(c, b)).toBeCloseTo(p, 12);
});

test("McNemar's test holds for thousands of images", () => {
  // SciPy 1.17.1: binomtest(900, 2000).pvalue, by reference/metrics.py
  expect(mcNemar(900, 1100) / 8.45708953550381e-6).toBeCloseTo(1, 9);
});

test("DeLong's test agrees with the pairwise structural components", () => {
  // reference/metrics.py: NumPy 2.4 by pairs, p-value from SciPy 1.17.1.
  const { labels, probabilities } = twoClasses();
  const positive = Uint8Array.from(labels);
  const first = Float64Array.from(labels, (_, i) => probabilities[i * 2 + 1] ?? 0);
  const second = secondScores(labels);
  const compared = deLong(positive, first, second);
  expect(compared?.first).toBeCloseTo(0.93634259, 8);
  expect(compared?.second).toBeCloseTo(0.87384259, 8);
  expect(compared?.standardError).toBeCloseTo(0.05447764, 8);
  expect(compared?.z).toBeCloseTo(1.14725965, 7);
  expect(compared?.p).toBeCloseTo(0.25127433, 8);
  expect(aucStandardError(positive, first)).toBeCloseTo(0.02879616, 8);
});

test("a model against itself has no z, and too few images no comparison", () => {
  const scores = Float64Array.of(0.1, 0.4, 0.3, 0.8);
  expect(deLong(Uint8Array.of(0, 1, 0, 1), scores, scores)).toMatchObject({
    difference: 0,
    z: null,
    p: null,
  });
  expect(deLong(Uint8Array.of(0, 0, 0, 1), scores, scores)).toBeNull();
});

test.each([
  // SciPy 1.17.1: scipy.special.erfc, by reference/metrics.py
  [0, 1],
  [0.5, 0.4795001221869535],
  [2.4, 0.0006885138966450789],
  [2.6, 0.000236034416529349],
  [5, 1.5374597944280347e-12],
])("erfc(%d)", (x, expected) => {
  expect(erfc(x) / expected).toBeCloseTo(1, 9);
});
