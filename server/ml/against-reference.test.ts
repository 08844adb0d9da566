import { describe, expect, it } from "vitest";
import { aucAgainst, pairCounts, pairedWith, ratesAgainst } from "./against-reference";
import { noRating } from "./ratings";
import { plantedRatings, wave, withHoles } from "./reference/planted-ratings";

// By reference/reader_rates.py: recall_score, f1_score and roc_auc_score of scikit-learn 1.9.1, also weighted.
const units = 180;
const whole = plantedRatings(units, 3, 2, 0.6);
const said = withHoles(whole, 0.15);
const column = (values: Int8Array, rater: number) =>
  Int8Array.from({ length: units }, (_, unit) => values[unit * 3 + rater] ?? noRating);
const truth = column(said.values, 0);
const weights = Float64Array.from({ length: units }, (_, unit) => Math.floor(wave(unit, 901) * 4));

describe("answers against a reference", () => {
  it.each([
    [
      1,
      144,
      43,
      [0.627906976744186, 0.7920792079207921, 0.5934065934065934],
      [0.6323529411764706, 0.7797619047619048, 0.581081081081081],
    ],
    [
      2,
      135,
      44,
      [0.5454545454545454, 0.8131868131868132, 0.5647058823529412],
      [0.4782608695652174, 0.8344370860927153, 0.5196850393700787],
    ],
  ])("of rater %i have scikit-learn's sensitivity, specificity and F1", (rater, n, yes, once, weighted) => {
    const paired = pairedWith(truth, column(said.values, rater));
    expect(paired.studies).toHaveLength(n);
    const { hits, missed } = pairCounts(paired);
    expect(hits + missed).toBe(yes);
    for (const [expected, given] of [
      [once, undefined],
      [weighted, weights],
    ] as const) {
      const { sensitivity, specificity, f1 } = ratesAgainst(paired, given);
      expect(sensitivity).toBeCloseTo(expected[0] ?? 0, 12);
      expect(specificity).toBeCloseTo(expected[1] ?? 0, 12);
      expect(f1).toBeCloseTo(expected[2] ?? 0, 12);
    }
  });

  it("that are scores have scikit-learn's area under the curve", () => {
    const paired = pairedWith(truth, new Int8Array(units));
    const first = column(whole.values, 0);
    const scores = Float64Array.from(
      paired.studies,
      (study) => Math.round((wave(study, 900) * 0.5 + 0.4 * (first[study] ?? 0)) * 100) / 100,
    );
    const auc = aucAgainst(paired, scores);
    expect(auc()).toBeCloseTo(0.9779205138498595, 12);
    expect(auc(weights)).toBeCloseTo(0.9873525760397268, 12);
  });

  it("have no rate where there is nothing for it to be a share of", () => {
    const none = pairedWith(Int8Array.of(0, 0, noRating), Int8Array.of(0, 0, 1));
    expect(ratesAgainst(none)).toEqual({ sensitivity: null, specificity: 1, f1: null });
    expect(ratesAgainst(none, new Float64Array(3))).toEqual({
      sensitivity: null,
      specificity: null,
      f1: null,
    });
  });
});
