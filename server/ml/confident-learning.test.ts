import { describe, expect, it } from "vitest";
import { confidentLearning, type LabelScore } from "./confident-learning";
import reference from "./reference/confident_learning.json";
import { plantedLabels } from "./reference/planted-labels";

/** Expected numbers: `find_label_issues` and its parts in cleanlab 2.9.0, by reference/confident_learning.py. */
const cases = {
  two: plantedLabels(400, 2, 0.1),
  four: plantedLabels(600, 4, 0.15),
  rare: plantedLabels(300, 5, 0.05),
};
const names = ["two", "four", "rare"] as const;
const ranks = [
  ["self-confidence", "self_confidence"],
  ["normalized-margin", "normalized_margin"],
] as const satisfies readonly (readonly [LabelScore, string])[];

describe("confident learning", () => {
  it.each(names)("counts who is confidently what, as cleanlab does: %s", (name) => {
    const { thresholds, counts } = confidentLearning(cases[name], "self-confidence");
    expect(counts).toEqual(reference[name].counts);
    expect(thresholds).toHaveLength(reference[name].thresholds.length);
    thresholds.forEach((threshold, own) => {
      expect(threshold).toBeCloseTo(reference[name].thresholds[own] ?? Number.NaN, 9);
    });
  });

  it.each(names.flatMap((name) => ranks.map(([score, theirs]) => [name, score, theirs] as const)))(
    "finds the same errors in the same order: %s by %s",
    (name, score, theirs) => {
      const { errors } = confidentLearning(cases[name], score);
      const expected = reference[name][theirs];
      expect(errors.map(({ at }) => at)).toEqual(expected.order);
      errors.forEach(({ score: own }, place) => {
        expect(own).toBeCloseTo(expected.scores[place] ?? Number.NaN, 6);
      });
    },
  );

  it("says nothing of a class without an image, and of images that it is sure of", () => {
    const sure = { probabilities: Float32Array.of(0.9, 0.1, 0, 0.2, 0.8, 0), labels: [0, 1], classes: 3 };
    const found = confidentLearning(sure, "self-confidence");
    expect(found.thresholds[2]).toBeNull();
    expect(found.errors).toEqual([]);
    expect(found.counts).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]);
  });
});
