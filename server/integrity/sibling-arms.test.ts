import { describe, expect, it } from "vitest";
import { drawArms } from "./sibling-arms";

const shares = { train: 60, validation: 20, test: 20 };
/** 300 images, a fifth of the first class, three of each patient. */
const films = {
  labels: Int32Array.from({ length: 300 }, (_, row) => (Math.floor(row / 3) % 5 === 0 ? 0 : 1)),
  groups: Int32Array.from({ length: 300 }, (_, row) => Math.floor(row / 3)),
  classes: 2,
};

describe("two training sets that differ in the leak alone", () => {
  const arms = drawArms(films, shares, 7);
  if (!arms) throw new Error("no arms were drawn");
  const groupsOf = (rows: readonly number[]) => new Set(rows.map((row) => films.groups[row]));
  const ofClass = (rows: readonly number[], own: number) => rows.filter((row) => films.labels[row] === own);

  it("one holds no image of a test patient, the other all that the split put there", () => {
    const tested = groupsOf(arms.test);
    expect(arms.withoutSiblings.some((row) => tested.has(films.groups[row]))).toBe(false);
    const kept = arms.withSiblings.filter((row) => tested.has(films.groups[row]));
    expect(kept).toHaveLength(arms.removed);
    expect(arms.removed).toBeGreaterThan(20);
  });

  it("both are of one size, class by class, and share no image with the test", () => {
    for (const own of [0, 1]) {
      expect(ofClass(arms.withSiblings, own)).toHaveLength(ofClass(arms.withoutSiblings, own).length);
    }
    const test = new Set(arms.test);
    expect([...arms.withSiblings, ...arms.withoutSiblings].some((row) => test.has(row))).toBe(false);
  });

  it("a test image is leaked exactly when the one that keeps siblings has one of its patient", () => {
    const kept = groupsOf(arms.withSiblings);
    expect([...arms.leaked]).toEqual(arms.test.map((row) => Number(kept.has(films.groups[row]))));
  });

  it("the same seed draws the same", () => {
    expect(drawArms(films, shares, 7)).toEqual(arms);
    expect(drawArms(films, shares, 8)?.test).not.toEqual(arms.test);
  });

  it("is not drawn where a class has no patient who is in training alone", () => {
    const groups = films.groups.map((group, row) => (films.labels[row] === 0 ? 0 : group));
    expect(drawArms({ ...films, groups }, shares, 7)).toBeNull();
  });
});
