import { expect, test } from "vitest";
import { patientBootstrap, patientIntervals, quantile } from "./bootstrap";
import { weightedMean } from "./calibration";
import { wave } from "./reference/formula";

test("with a patient per image it is the plain percentile bootstrap of SciPy", () => {
  // scipy.stats.bootstrap 1.17.1, percentile, 200,000 resamples, by reference/metrics.py.
  const values = Float64Array.from(wave(50, 11));
  const interval = patientBootstrap({
    groups: Int32Array.from(values, (_, i) => i),
    statistic: (weights) => weightedMean(values, weights),
    draws: 20_000,
    seed: 1,
  });
  expect(Math.abs((interval.low ?? 0) - 0.51395593)).toBeLessThan(0.003);
  expect(Math.abs((interval.high ?? 0) - 0.67266808)).toBeLessThan(0.003);
});

test("images of one patient come together, so three alike give the interval of one", () => {
  const single = Float64Array.from(wave(30, 12));
  const thrice = Float64Array.from({ length: 90 }, (_, i) => single[Math.floor(i / 3)] ?? 0);
  const groups = (length: number, images: number) =>
    Int32Array.from({ length }, (_, i) => Math.floor(i / images) + 7);
  const interval = (values: Float64Array, images: number) =>
    patientBootstrap({
      groups: groups(values.length, images),
      statistic: (w) => weightedMean(values, w),
      seed: 2,
    });
  expect(interval(thrice, 3).low).toBeCloseTo(interval(single, 1).low ?? 0, 10);
  expect(interval(thrice, 3).high).toBeCloseTo(interval(single, 1).high ?? 0, 10);
});

test("draws without a value are skipped and counted; with none left the bounds are null", () => {
  const groups = Int32Array.of(0, 1, 2);
  const some = patientBootstrap({ groups, statistic: (w) => (w[0] === 0 ? null : 1), draws: 500, seed: 3 });
  expect(some).toMatchObject({ low: 1, high: 1 });
  expect(Math.abs(some.skipped / 500 - (2 / 3) ** 3)).toBeLessThan(0.08);
  expect(patientBootstrap({ groups, statistic: () => null, draws: 10, seed: 3 })).toEqual({
    low: null,
    high: null,
    skipped: 10,
  });
});

test("two statistics share their draws: a model against itself differs by nothing", () => {
  const values = Float64Array.from(wave(40, 13));
  const { difference } = patientIntervals({
    groups: Int32Array.from(values, (_, i) => i % 20),
    statistics: (w) => ({ difference: (weightedMean(values, w) ?? 0) - (weightedMean(values, w) ?? 0) }),
    seed: 4,
  });
  expect(difference).toEqual({ low: 0, high: 0, skipped: 0 });
});

test("quantiles lie between neighbours as NumPy's", () => {
  expect(quantile(Float64Array.of(1, 2, 3, 4), 0.025)).toBeCloseTo(1.075, 12);
  expect(quantile(new Float64Array(), 0.5)).toBeNull();
});
