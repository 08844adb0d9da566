import { describe, expect, it } from "vitest";
import { costOf, type TestPrediction } from "./cost-rules";

/** `count` images of one truth and prediction, each of a patient of its own. */
function images(count: number, truth: number, predicted: number, leaked: boolean): TestPrediction[] {
  return Array.from({ length: count }, () => {
    next += 1;
    return { truth, predicted, patientId: next, leaked };
  });
}
let next = 0;

describe("what a leak costs", () => {
  it("compares the rates on leaked and on clean test images", () => {
    const cost = costOf(
      [
        ...images(18, 0, 0, true),
        ...images(2, 0, 1, true),
        ...images(40, 1, 1, true),
        ...images(12, 0, 0, false),
        ...images(8, 0, 1, false),
        ...images(36, 1, 1, false),
        ...images(4, 1, 0, false),
      ],
      ["ill", "well"],
      42,
    );
    expect(cost).toMatchObject({ leaked: { images: 60, patients: 60 }, clean: { images: 60, patients: 60 } });
    const [sensitivity, specificity] = cost?.rows ?? [];
    expect(sensitivity).toMatchObject({
      metric: "sensitivity",
      leaked: { value: 0.9 },
      clean: { value: 0.6 },
    });
    expect(sensitivity?.difference.value).toBeCloseTo(0.3, 12);
    // Normal approximation of two independent shares: 0.3 ± 1.96 · √(0.9·0.1/20 + 0.6·0.4/20).
    expect(Math.abs((sensitivity?.difference.low ?? 0) - 0.048)).toBeLessThan(0.03);
    expect(Math.abs((sensitivity?.difference.high ?? 0) - 0.552)).toBeLessThan(0.03);
    expect(sensitivity?.beyondNoise).toBe(true);
    expect(specificity).toMatchObject({ leaked: { value: 1 }, clean: { value: 0.9 } });
  });

  it("says so when the difference may be noise", () => {
    const cost = costOf(
      [
        ...images(9, 0, 0, true),
        ...images(1, 0, 1, true),
        ...images(8, 0, 0, false),
        ...images(2, 0, 1, false),
        ...images(9, 1, 1, false),
      ],
      ["ill", "well"],
      42,
    );
    const [sensitivity, specificity] = cost?.rows ?? [];
    expect(sensitivity?.beyondNoise).toBe(false);
    // No leaked image of the second class: there is nothing to compare.
    expect(specificity).toMatchObject({
      leaked: { value: null },
      difference: { value: null },
      beyondNoise: null,
    });
  });

  it("draws whole patients: one patient's many images are one observation", () => {
    const alone = [...images(30, 0, 0, true), ...images(10, 0, 1, true), ...images(40, 0, 0, false)];
    const clustered = alone.map((row, image) => ({ ...row, patientId: Math.floor(image / 10) }));
    const width = (rows: TestPrediction[]) => {
      const difference = costOf(rows, ["ill", "well"], 1)?.rows[0]?.difference;
      return (difference?.high ?? 0) - (difference?.low ?? 0);
    };
    expect(width(clustered)).toBeGreaterThan(2 * width(alone));
  });

  it("gives accuracy alone for more than two classes, and nothing where one side is empty", () => {
    const rows = [...images(5, 0, 0, true), ...images(5, 2, 1, false)];
    expect(costOf(rows, ["a", "b", "c"], 1)?.rows.map((row) => row.metric)).toEqual(["accuracy"]);
    expect(costOf(images(5, 0, 0, true), ["a", "b"], 1)).toBeNull();
    expect(costOf(images(5, 0, 0, false), ["a", "b"], 1)).toBeNull();
  });
});
