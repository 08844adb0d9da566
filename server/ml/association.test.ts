import { expect, test } from "vitest";
import { cramersV, crossTable, poolRare, rareLevel } from "./association";

test.each([
  // SciPy 1.17.1: Bergsma's formula over chi2_contingency(correction=False), by reference/shortcuts.py.
  {
    table: [
      [30, 10],
      [12, 48],
    ],
    v: 0.5393204919,
  },
  {
    table: [
      [5, 9, 6],
      [14, 3, 8],
      [7, 7, 21],
      [2, 6, 1],
    ],
    v: 0.3109062105,
  },
  {
    table: [
      [132, 0],
      [0, 1360],
    ],
    v: 1,
  },
  {
    table: [
      [10, 11],
      [9, 10],
    ],
    v: 0,
  },
])("Cramér's V of $table is $v", ({ table, v }) => {
  expect(cramersV(table)).toBeCloseTo(v, 9);
});

test("Cramér's V is not defined for one level or one class, and empty levels do not count", () => {
  expect(cramersV([[3, 4]])).toBeNull();
  expect(
    cramersV([
      [3, 0],
      [4, 0],
    ]),
  ).toBeNull();
  expect(cramersV([])).toBeNull();
  expect(
    cramersV([
      [30, 10],
      [0, 0],
      [12, 48],
    ]),
  ).toBeCloseTo(0.5393204919, 9);
});

test("levels with fewer than five images are counted together", () => {
  const levels = ["a", "a", "a", "a", "a", "b", "c", "c"];
  expect(poolRare(levels)).toEqual(["a", "a", "a", "a", "a", rareLevel, rareLevel, rareLevel]);
});

test("a table counts images by level and class", () => {
  expect(crossTable(["x", "y", "x"], [0, 1, 1], 2)).toEqual({
    levels: ["x", "y"],
    counts: [
      [1, 1],
      [0, 1],
    ],
  });
});
