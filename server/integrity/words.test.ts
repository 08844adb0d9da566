import { describe, expect, it } from "vitest";
import type { PropertyCheck, PropertyName, ShortcutsResult } from "./shortcut-schema";
import { shortcutVerdict } from "./shortcut-words";
import type { SiblingFigure, SiblingsResult } from "./sibling-schema";
import { siblingVerdict } from "./sibling-words";

const auc = (value: number, low = value - 0.02, high = Math.min(1, value + 0.02)) => [
  { class: "ill", auc: { value, low, high } },
];

function result(
  aucs: Partial<Record<PropertyName, number>>,
  looks?: { whole: number; frame: number },
): ShortcutsResult {
  const properties = Object.entries(aucs).map(
    ([name, value]): PropertyCheck => ({
      name: name as PropertyName,
      cramersV: 0.5,
      levels: [],
      moreLevels: 0,
      aucs: auc(value),
    }),
  );
  const retraining = looks && {
    network: "densenet121",
    weights: "imagenet",
    looks: [
      { look: "whole" as const, aucs: auc(looks.whole), lost: auc(0, 0, 0) },
      { look: "frame" as const, aucs: auc(looks.frame), lost: auc(looks.whole - looks.frame) },
    ],
  };
  const counts = { images: 100, ofImages: 100, patients: 50, folds: 5 };
  return { classes: ["ill", "well"], ...counts, properties, retraining: retraining ?? null };
}

describe("the sentence that stands before any accuracy", () => {
  it("names what tells the class without a lung, the strongest first", () => {
    const { verdict, sentence } = shortcutVerdict(result({ sex: 0.6, size: 0.98, dataset: 1 }));
    expect(verdict).toBe("told");
    expect(sentence).toBe(
      "The class can be told without looking at a lung, by the source dataset alone (AUC 1.00) and the image's width and height alone (AUC 0.98).",
    );
  });

  it("says what only helps", () => {
    expect(shortcutVerdict(result({ view: 0.8, sex: 0.6 }))).toMatchObject({
      verdict: "helped",
      sentence: expect.stringMatching(/^Something beside the lung helps .* the view alone \(AUC 0\.80\)/),
    });
  });

  it("claims no more than was measured where nothing is found", () => {
    const { verdict, sentence } = shortcutVerdict(result({ sex: 0.52 }));
    expect(verdict).toBe("none");
    expect(sentence).toMatch(/were not measured/);
  });

  it("says whether the frame is enough", () => {
    const told = (looks: { whole: number; frame: number }) =>
      shortcutVerdict(result({ size: 0.95 }, looks)).sentence;
    expect(told({ whole: 0.99, frame: 0.985 })).toMatch(/frame does about as well .*0\.985, against 0\.990/);
    expect(told({ whole: 0.95, frame: 0.7 })).toMatch(/frame does worse/);
  });
});

describe("what is said of siblings", () => {
  const figure = (
    metric: SiblingFigure["metric"],
    value: number,
    low: number,
    high: number,
  ): SiblingFigure => ({
    metric,
    withSiblings: { value: 0.9, low: 0.8, high: 1 },
    withoutSiblings: { value: 0.9 - value, low: 0.7, high: 0.9 },
    difference: { value, low, high },
    beyondNoise: low > 0 || high < 0,
  });
  const siblings = (figures: SiblingFigure[]): SiblingsResult => ({
    classes: ["ill", "well"],
    network: "densenet121",
    weights: null,
    splits: 100,
    leftOut: 0,
    images: 100,
    patients: 50,
    trained: { images: 40, removed: 20 },
    sets: [{ on: "leaked", images: 40, patients: 20, figures }],
  });

  it("is plain when the interval leaves zero out", () => {
    const said = siblingVerdict(siblings([figure("sensitivity", 0.1, 0.02, 0.18)]));
    expect(said).toMatch(/sensitivity \+10\.0 \(\+2\.0 to \+18\.0\) percentage points, beyond noise/);
    expect(said).toMatch(/does flatter the model/);
  });

  it("shows an interval that leaves zero out by a hair as one that does", () => {
    const said = siblingVerdict(siblings([figure("auc", 0.0132, 0.00029, 0.033)]));
    expect(said).toMatch(/AUC \+0\.0132 \(\+0\.0003 to \+0\.0330\), beyond noise/);
  });

  it("is as plain when it holds zero", () => {
    const said = siblingVerdict(siblings([figure("auc", 0.004, -0.002, 0.011)]));
    expect(said).toMatch(/AUC \+0\.004 \(−0\.002 to \+0\.011\), an interval that holds zero/);
    expect(said).toMatch(/cannot be shown on this cohort/);
  });

  it("does not call harm a flattery", () => {
    const said = siblingVerdict(siblings([figure("specificity", -0.05, -0.09, -0.01)]));
    expect(said).not.toMatch(/flatter/);
  });

  it("has nothing to say where nothing leaks", () => {
    const none = { value: null, low: null, high: null };
    const empty = { ...figure("auc", 0, 0, 0), difference: none, beyondNoise: null };
    expect(siblingVerdict(siblings([empty]))).toMatch(/nothing can leak/);
  });
});
