import { expect, it } from "vitest";
import { qualityScore } from "./quality-rules";

it("counts what a reader found, called in vain and agreed on, by hand", () => {
  // Four findings. Case 1 knows + - ? . and hears + + - ?: one found, one false. Case 2 knows + + and hears + only.
  const score = qualityScore(
    [
      { known: "+-?.", said: "++-?" },
      { known: "++", said: "+" },
    ],
    [0, 1, 2, 3],
  );
  expect(score).toEqual({ cases: 2, cells: 8, agreed: 6, found: 2, positives: 3, falseAlarms: 1 });
});

it("leaves out findings that do not count, and is empty of nothing", () => {
  expect(qualityScore([{ known: "+-", said: "--" }], [1])).toEqual({
    cases: 1,
    cells: 1,
    agreed: 1,
    found: 0,
    positives: 0,
    falseAlarms: 0,
  });
  expect(qualityScore([], [0]).cases).toBe(0);
});
