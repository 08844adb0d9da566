import { describe, expect, it } from "vitest";
import { countsAt, curveOf, ratesOf } from "./rules";

/** scikit-learn 1.5's example of roc_curve: y = [1, 1, 2, 2], scores = [0.1, 0.4, 0.35, 0.8], positive 2. */
const example = { scores: [0.1, 0.4, 0.35, 0.8], truths: [0, 0, 1, 1] };

describe("an operating point", () => {
  it.each([
    { threshold: 0, counts: { tp: 2, fn: 0, fp: 2, tn: 0 } },
    { threshold: 0.35, counts: { tp: 2, fn: 0, fp: 1, tn: 1 } },
    { threshold: 0.5, counts: { tp: 1, fn: 1, fp: 0, tn: 2 } },
    { threshold: 0.9, counts: { tp: 0, fn: 2, fp: 0, tn: 2 } },
  ])("at $threshold counts who is called positive", ({ threshold, counts }) => {
    expect(countsAt(example, threshold)).toEqual(counts);
  });

  it("has no rate where there is nothing to divide by", () => {
    expect(ratesOf({ tp: 0, fn: 2, fp: 0, tn: 2 })).toMatchObject({ sensitivity: 0, ppv: null, f1: 0 });
    expect(ratesOf({ tp: 0, fn: 0, fp: 1, tn: 2 })).toMatchObject({ sensitivity: null, specificity: 2 / 3 });
  });
});

describe("the curve", () => {
  it("is scikit-learn's, from nothing called to all", () => {
    const points = curveOf(example);
    expect(points.map(({ threshold }) => threshold)).toEqual([Number.POSITIVE_INFINITY, 0.8, 0.4, 0.35, 0.1]);
    expect(points.map(({ fp }) => fp / 2)).toEqual([0, 0, 0.5, 0.5, 1]);
    expect(points.map(({ tp }) => tp / 2)).toEqual([0, 0.5, 0.5, 1, 1]);
  });

  it("moves equal scores together, and agrees with counting at each threshold", () => {
    const tied = { scores: [0.5, 0.5, 0.2, 0.5, 0.9], truths: [1, 0, 1, 1, 0] };
    const points = curveOf(tied).slice(1);
    expect(points.map(({ threshold }) => threshold)).toEqual([0.9, 0.5, 0.2]);
    for (const { threshold, ...counts } of points) expect(countsAt(tied, threshold)).toEqual(counts);
  });
});
