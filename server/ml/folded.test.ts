import { expect, test } from "vitest";
import { rank, rocAuc } from "./curves";
import { foldedAucs, outOfFoldScores } from "./folded";
import { fitLogistic, logOdds } from "./logistic";
import { wave } from "./reference/formula";

// The data of reference/shortcuts.py; its numbers are scikit-learn 1.9.1's.
const images = 90;
const [first, second, third, noise, chance] = [1, 2, 3, 4, 5].map((k) => wave(images, k));
const features = Float64Array.from({ length: images * 3 }, (_, at) => {
  const image = Math.floor(at / 3);
  return [first?.[image] ?? 0, 5 + 3 * (second?.[image] ?? 0), (third?.[image] ?? 0) ** 2][at % 3] ?? 0;
});
const positive = Uint8Array.from({ length: images }, (_, image) => {
  const [a = 0, b = 0] = features.subarray(image * 3);
  return Number(a + 0.2 * b + 0.8 * (noise?.[image] ?? 0) > 2);
});
const folds = { of: Uint8Array.from(chance ?? [], (u) => Math.floor(u * 5)), count: 5 };
const everyRow = Array.from({ length: images }, (_, row) => row);

test("a logistic regression has scikit-learn's coefficients on standardised features", () => {
  const model = fitLogistic(features, 3, positive, everyRow);
  for (const [at, weight] of [1.5394044, 1.9089352, 0.916331, 0.0394618].entries()) {
    expect(model.weights[at]).toBeCloseTo(weight, 5);
  }
  const odds = logOdds(model, features, 3);
  for (const [at, one] of [-2.5809792, 1.467524, 1.2047644, 0.4439034].entries()) {
    expect(odds[at]).toBeCloseTo(one, 5);
  }
  expect(rocAuc(rank(positive, odds))).toBeCloseTo(0.91105769, 7);
});

test("the AUC over folds is cross_val_score's", () => {
  const scores = outOfFoldScores(features, 3, positive, folds);
  const groups = Int32Array.from(everyRow);
  const { aucs, lost } = foldedAucs([scores, scores.map((score) => -score)], positive, folds, {
    groups,
    seed: 7,
  });
  expect(aucs[0]?.value).toBeCloseTo(0.90924908, 7);
  expect(aucs[1]?.value).toBeCloseTo(1 - 0.90924908, 7);
  expect(aucs[0]?.low).toBeGreaterThan(0.8);
  expect(aucs[0]?.high).toBeLessThan(1);
  expect(lost[0]).toMatchObject({ value: 0, low: 0, high: 0 });
  expect(lost[1]?.low).toBeGreaterThan(0.6);
});

test("a property that every image shares tells nothing, and does not break the fit", () => {
  const scores = outOfFoldScores(new Float64Array(images).fill(3), 1, positive, folds);
  const [auc] = foldedAucs([scores], positive, folds, { groups: Int32Array.from(everyRow), seed: 7 }).aucs;
  expect(auc?.value).toBe(0.5);
});

test("classes that a property tells apart without error are told apart", () => {
  const telling = Float64Array.from(positive, (label) => 100 + label);
  const scores = outOfFoldScores(telling, 1, positive, folds);
  const [auc] = foldedAucs([scores], positive, folds, { groups: Int32Array.from(everyRow), seed: 7 }).aucs;
  expect(auc).toMatchObject({ value: 1, low: 1, high: 1 });
});

test("without an image of either class in a fold there is no AUC", () => {
  const scores = new Float64Array(images);
  const none = foldedAucs([scores], new Uint8Array(images), folds, {
    groups: Int32Array.from(everyRow),
    seed: 7,
    draws: 20,
  });
  expect(none.aucs[0]).toMatchObject({ value: null, low: null, high: null, skipped: 20 });
});
