import { describe, expect, it } from "vitest";
import { type PointedAt, pointingDistance, pointingTolerance } from "./pointing-game";

const square = { width: 7, height: 7 };
const wide = { width: 5, height: 3 };
const large = { width: 2000, height: 2500 };
const small = { width: 320, height: 390 };

const box = (x: number, y: number, width: number, height: number): PointedAt => ({
  shape: "rectangle",
  x,
  y,
  width,
  height,
});
const ellipse = (...at: Parameters<typeof box>): PointedAt => ({ ...box(...at), shape: "ellipse" });

function peakAt(cell: number, { width, height }: typeof square) {
  const map = new Float32Array(width * height);
  map[cell] = 3;
  return map;
}

describe("the pointing game", () => {
  // scipy 1.17.1, cKDTree over the region's pixels of the 224 grid, by reference/saliency_measures.py. Its pixels are
  // points: half a pixel away (0.71) there is inside here.
  it.each([
    { name: "inside a box", peak: 24, grid: square, film: large, at: box(900, 1100, 300, 300), away: 0 },
    {
      name: "beside one",
      peak: 24,
      grid: square,
      film: large,
      at: box(1100, 1100, 300, 300),
      away: 11.510864,
    },
    {
      name: "far from it",
      peak: 0,
      grid: square,
      film: large,
      at: box(1100, 1100, 300, 300),
      away: 136.119433,
    },
    { name: "a box's corner", peak: 24, grid: square, film: large, at: box(1000, 1250, 300, 400), away: 0 },
    {
      name: "an ellipse's corner",
      peak: 24,
      grid: square,
      film: large,
      at: ellipse(1000, 1250, 300, 400),
      away: 7.778175,
    },
    { name: "inside an ellipse", peak: 7, grid: wide, film: small, at: ellipse(120, 150, 90, 90), away: 0 },
    {
      name: "far from one",
      peak: 14,
      grid: wide,
      film: small,
      at: ellipse(120, 150, 90, 90),
      away: 85.041389,
    },
  ])("tells $name apart as scipy does", ({ peak, grid, film, at, away }) => {
    expect(pointingDistance(peakAt(peak, grid), grid, film, [at])).toBeCloseTo(away, 4);
  });

  it("takes the nearest of several regions, and one too small for a pixel by its middle", () => {
    const map = peakAt(24, square);
    const [near, far] = [box(1100, 1100, 300, 300), box(0, 0, 100, 100)];
    expect(pointingDistance(map, square, large, [far, near])).toBeLessThan(pointingTolerance);
    const dot = box(1000 + 0.5, 1250 + (2500 / 224) * 20, 0.01, 0.01);
    expect(pointingDistance(map, square, large, [dot])).toBeCloseTo(20, 1);
  });

  it("is not played without a region or by a map without anything", () => {
    expect(pointingDistance(peakAt(24, square), square, large, [])).toBeNull();
    expect(pointingDistance(new Float32Array(49), square, large, [box(0, 0, 9, 9)])).toBeNull();
  });
});
