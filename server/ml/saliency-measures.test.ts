import { describe, expect, it } from "vitest";
import { wave } from "./reference/formula";
import { maskWeights, shareOutside } from "./saliency-measures";

/** Two ellipses, the twin of `lungs` in reference/saliency_measures.py. */
function lungs(width: number, height: number) {
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [((at % width) + 0.5) / width, (Math.floor(at / width) + 0.5) / height];
    return [0.28, 0.72].some((c) => ((x - c) / 0.17) ** 2 + ((y - 0.5) / 0.36) ** 2 <= 1) ? 255 : 0;
  });
  return { data, width, height };
}

const map = (count: number, k: number) => wave(count, k).map((u) => Math.max(u - 0.4, -0.1));

describe("the share of a map outside a mask", () => {
  // scipy 1.17.1, ndimage.map_coordinates at order 1, by reference/saliency_measures.py.
  it.each([
    { columns: 7, rows: 7, width: 320, height: 390, k: 31, share: 0.59906654 },
    { columns: 7, rows: 7, width: 4, height: 5, k: 32, share: 0.537375261 },
    { columns: 5, rows: 3, width: 301, height: 224, k: 33, share: 0.578500373 },
  ])(
    "is scipy's: $columns × $rows cells over $width × $height",
    ({ columns, rows, width, height, k, share }) => {
      const weights = maskWeights(lungs(width, height), { width: columns, height: rows });
      expect(shareOutside(map(columns * rows, k), weights)).toBeCloseTo(share, 6);
    },
  );

  it("is all without lung, nothing where all is lung, and not defined for a map without anything", () => {
    const grid = { width: 7, height: 7 };
    const of = (grey: number) =>
      maskWeights({ data: new Uint8Array(100).fill(grey), width: 10, height: 10 }, grid);
    expect(shareOutside(map(49, 31), of(127))).toBe(1);
    expect(shareOutside(map(49, 31), of(128))).toBe(0);
    expect(shareOutside(new Float32Array(49), of(128))).toBeNull();
    expect(shareOutside(new Float32Array(49).fill(-1), of(128))).toBeNull();
  });

  it("gives every pixel of the mask to the cells once", () => {
    const { inside, outside } = maskWeights(lungs(320, 390), { width: 7, height: 7 });
    const sum = [...inside, ...outside].reduce((all, weight) => all + weight, 0);
    expect(sum).toBeCloseTo(320 * 390, 6);
  });
});
