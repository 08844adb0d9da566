import { describe, expect, test } from "vitest";
import { classReport, confusionMatrix } from "./confusion";
import { prCurve, rank, rocCurve } from "./curves";
import type { MetricName } from "./metric-names";
import { metricsOf, metricsWithIntervals, predictedClasses, type Scored } from "./metrics";
import { threeClasses, twoClasses } from "./reference/scored";

// Expected numbers throughout: scikit-learn 1.9.1 by reference/metrics.py.
const sklearn: {
  what: string;
  scored: Scored;
  weights?: Float64Array;
  expected: Partial<Record<MetricName, number>>;
}[] = [
  {
    what: "two classes",
    scored: { ...twoClasses(), threshold: 0.4 },
    expected: {
      accuracy: 0.85,
      balancedAccuracy: 0.84722222,
      mcc: 0.69006556,
      sensitivity: 0.83333333,
      specificity: 0.86111111,
      ppv: 0.8,
      npv: 0.88571429,
      f1: 0.81632653,
      auc: 0.93634259,
      averagePrecision: 0.91506675,
      brier: 0.14604333,
      logLoss: 0.46252817,
      ece: 0.153,
    },
  },
  {
    what: "two classes with the first as the positive one",
    scored: { ...twoClasses(), positive: 0, threshold: 0.60001 },
    expected: {
      sensitivity: 0.86111111,
      specificity: 0.83333333,
      ppv: 0.88571429,
      f1: 0.87323944,
      auc: 0.93634259,
    },
  },
  {
    what: "weighted images",
    scored: { ...twoClasses(), threshold: 0.4 },
    weights: Float64Array.from({ length: 60 }, (_, i) => 1 + (i % 3)),
    expected: {
      auc: 0.92043136,
      averagePrecision: 0.89446069,
      brier: 0.15281917,
      logLoss: 0.47840847,
      mcc: 0.64195607,
    },
  },
  {
    what: "three classes",
    scored: threeClasses(),
    expected: {
      accuracy: 0.6,
      balancedAccuracy: 0.61219073,
      mcc: 0.40712727,
      f1: 0.5965336,
      auc: 0.808473,
      averagePrecision: 0.74437795,
      brier: 0.49757999,
      logLoss: 0.82843218,
      ece: 0.15004367,
    },
  },
];

test.each(sklearn)("$what: as scikit-learn", ({ scored, weights, expected }) => {
  const metrics: Partial<Record<string, number | null>> = metricsOf(scored)(weights);
  for (const [name, value] of Object.entries(expected)) expect(metrics[name], name).toBeCloseTo(value, 6);
});

describe("confusion and report", () => {
  test.each([
    {
      scored: { ...twoClasses(), threshold: 0.4 },
      counts: [31, 5, 4, 20],
      precision: [0.88571429, 0.8],
      recall: [0.86111111, 0.83333333],
      macro: [0.84285714, 0.84722222, 0.84478298],
      weighted: [0.85142857, 0.85, 0.85047427],
    },
    {
      scored: threeClasses(),
      counts: [10, 5, 4, 3, 11, 1, 6, 5, 15],
      precision: [0.52631579, 0.52380952, 0.75],
      recall: [0.52631579, 0.73333333, 0.57692308],
      macro: [0.60004177, 0.61219073, 0.5965336],
      weighted: [0.62261905, 0.6, 0.60205314],
    },
  ])(
    "of $scored.classes classes as scikit-learn",
    ({ scored, counts, precision, recall, macro, weighted }) => {
      const confusion = confusionMatrix(scored.labels, predictedClasses(scored), scored.classes);
      expect([...confusion.counts]).toEqual(counts);
      const report = classReport(confusion);
      report.perClass.forEach((scores, own) => {
        expect(scores.precision).toBeCloseTo(precision[own] ?? 0, 7);
        expect(scores.recall).toBeCloseTo(recall[own] ?? 0, 7);
      });
      for (const [means, expected] of [
        [report.macro, macro],
        [report.weighted, weighted],
      ] as const) {
        [means.precision, means.recall, means.f1].forEach((value, i) => {
          expect(value).toBeCloseTo(expected[i] ?? 0, 7);
        });
      }
    },
  );

  test("what is not defined is null, and left out of the means", () => {
    const report = classReport(confusionMatrix(Int32Array.of(0, 0, 1), Int32Array.of(0, 0, 0), 2));
    expect(report.perClass[1]).toEqual({ precision: null, recall: 0, f1: 0, support: 1 });
    expect(report.macro.precision).toBeCloseTo(0.66666667, 7);
    expect(report.macro.f1).toBeCloseTo(0.4, 7);
  });
});

test("with one class only, what needs two is null and the rest is there", () => {
  const metrics = metricsOf({
    labels: Int32Array.of(0, 0),
    probabilities: Float64Array.of(0.9, 0.1, 0.8, 0.2),
    classes: 2,
  })();
  expect(metrics).toMatchObject({
    sensitivity: null,
    ppv: null,
    f1: null,
    auc: null,
    averagePrecision: null,
    mcc: null,
  });
  expect(metrics).toMatchObject({ specificity: 1, npv: 1, accuracy: 1 });
});

test("curves pass through scikit-learn's points, ties taken together", () => {
  const ranking = rank(
    Uint8Array.of(0, 0, 1, 1, 0, 1, 0, 1),
    Float64Array.of(0.1, 0.4, 0.35, 0.8, 0.4, 0.4, 0.2, 0.9),
  );
  const roc = rocCurve(ranking);
  expect(roc.map((point) => point.falsePositiveRate)).toEqual([0, 0, 0, 0.5, 0.5, 0.75, 1]);
  expect(roc.map((point) => point.truePositiveRate)).toEqual([0, 0.25, 0.5, 0.75, 1, 1, 1]);
  expect(roc.map((point) => point.threshold)).toEqual([
    Number.POSITIVE_INFINITY,
    0.9,
    0.8,
    0.4,
    0.35,
    0.2,
    0.1,
  ]);
  const pr = prCurve(ranking).toReversed();
  [0.5, 0.57142857, 0.66666667, 0.6, 1, 1].forEach((precision, i) => {
    expect(pr[i]?.precision).toBeCloseTo(precision, 7);
  });
  expect(pr.map((point) => point.recall)).toEqual([1, 1, 1, 0.75, 0.5, 0.25]);
});

test("the intervals of all metrics of 300 images hold their value", () => {
  const five = Array.from({ length: 5 }, () => twoClasses());
  const scored: Scored = {
    labels: Int32Array.from(five.flatMap(({ labels }) => [...labels])),
    probabilities: Float64Array.from(five.flatMap(({ probabilities }) => [...probabilities])),
    classes: 2,
  };
  const groups = Int32Array.from({ length: 300 }, (_, i) => Math.floor(i / 3));
  const metrics = metricsWithIntervals(scored, groups, { seed: 5 });
  for (const { value, low, high } of Object.values(metrics)) {
    expect(value).toBeGreaterThanOrEqual((low ?? 1) - 0.02);
    expect(value).toBeLessThanOrEqual((high ?? 0) + 0.02);
  }
});
