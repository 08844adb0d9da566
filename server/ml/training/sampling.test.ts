import { describe, expect, test } from "vitest";
import { seededRandom } from "../random";
import { epochOrder } from "./sampling";

const labels = Int32Array.of(0, 1, 1, 1, 1, 1, 0, 1, 2);

describe("an epoch takes", () => {
  test("of all images each once", () => {
    expect(epochOrder(labels, "all", seededRandom(1)).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test("oversampled: every image, and of each class as many as of the largest", () => {
    const order = epochOrder(labels, "over", seededRandom(1));
    expect(countsOf(order)).toEqual({ 0: 6, 1: 6, 2: 6 });
    expect(new Set(order).size).toBe(labels.length);
  });

  test("undersampled: of each class as many as of the smallest, others with another seed", () => {
    const two = labels.map((label) => Math.min(label, 1));
    const draws = [1, 2, 3, 4, 5, 6].map((seed) => epochOrder(two, "under", seededRandom(seed)));
    for (const order of draws) {
      expect(order.map((at) => two[at]).sort()).toEqual([0, 0, 1, 1]);
      expect(new Set(order).size).toBe(4);
    }
    expect(new Set(draws.map((order) => order.join())).size).toBeGreaterThan(1);
  });

  test("the same with the same seed", () => {
    expect(epochOrder(labels, "over", seededRandom(7))).toEqual(epochOrder(labels, "over", seededRandom(7)));
  });
});

function countsOf(order: readonly number[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const at of order) counts[labels[at] ?? -1] = (counts[labels[at] ?? -1] ?? 0) + 1;
  return counts;
}
