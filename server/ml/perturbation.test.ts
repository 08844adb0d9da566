import { describe, expect, it } from "vitest";
import type { OverlayMap } from "./colour-map";
import { areaUnder, type PerturbationCurves, perturbationCurves } from "./perturbation";
import { type Random, seededRandom } from "./random";
import { wave } from "./reference/formula";
import reference from "./reference/perturbation.json";

const size = 40;
const image = wave(size * size * 3, 1);
const map = mapOf(wave(12, 2), 4, 3);
const weights = wave(image.length, 3).map((u) => (u - 0.5) / 10);
const names = ["deletion", "insertion", "randomDeletion", "randomInsertion"] as const;

describe("deletion and insertion", () => {
  // torch 1.13.1's bilinear, SciPy 1.17.1's Gaussian and trapezia, by reference/perturbation.py.
  it("have the curves and areas of an independent implementation", async () => {
    const lastFirst: Random = { ...seededRandom(1), shuffle: (values) => [...values].reverse() };
    const curves = await perturbationCurves({ image, size, map, random: lastFirst, predict });
    for (const name of names) {
      expect(curves[name]).toHaveLength(21);
      for (const [step, value] of reference.curves[name].entries()) {
        expect(curves[name][step], `${name}, step ${step}`).toBeCloseTo(value, 5);
      }
      expect(areaUnder(curves[name])).toBeCloseTo(reference.areas[name], 5);
    }
  });

  it("follow from the seed, and differ only in the control with another", async () => {
    const of = (seed: number) =>
      perturbationCurves({ image, size, map: steep, random: seededRandom(seed), predict });
    const [once, again, other] = [await of(7), await of(7), await of(8)];
    expect(again).toEqual(once);
    expect(other.deletion).toEqual(once.deletion);
    expect(other.randomDeletion).not.toEqual(once.randomDeletion);
  });

  it("of a map that marks nothing are those of the random order", async () => {
    const dark = mapOf(new Float32Array(12), 4, 3);
    const curves = await perturbationCurves({ image, size, map: dark, random: seededRandom(7), predict });
    expect(curves.deletion).toEqual(curves.randomDeletion);
    expect(curves.insertion).toEqual(curves.randomInsertion);
  });

  it("tell a map of what a model uses from one of what it does not", async () => {
    // It sees the brightness of the top left quarter alone.
    const seen = (at: number) => Math.floor(at / 3) % size < size / 2 && at < image.length / 2;
    const bright = image.map((value, at) => (seen(at) ? 0.8 + value / 5 : value / 5));
    const quarter = async (images: Float32Array) =>
      eachOf(
        images,
        (one) => 1 / (1 + Math.exp(2 - one.reduce((sum, v, at) => sum + (seen(at) ? v : 0), 0) / 300)),
      );
    const of = (cells: number[]): Promise<PerturbationCurves> =>
      perturbationCurves({
        image: bright,
        size,
        map: mapOf(Float32Array.from(cells), 2, 2),
        random: seededRandom(7),
        predict: quarter,
      });
    const [right, wrong] = [await of([1, 0, 0, 0]), await of([0, 0, 0, 1])];
    expect(areaUnder(right.deletion)).toBeLessThan(areaUnder(right.randomDeletion));
    expect(areaUnder(wrong.deletion)).toBeGreaterThan(areaUnder(wrong.randomDeletion));
  });
});

/** No two pixels alike, so that nothing is left to the control's order. */
const steep = mapOf(wave(size * size, 5), size, size);

function mapOf(values: Float32Array, width: number, height: number): OverlayMap {
  return { values, width, height, min: Math.min(...values), max: Math.max(...values) };
}

async function predict(images: Float32Array): Promise<number[]> {
  return eachOf(
    images,
    (one) => 1 / (1 + Math.exp(-one.reduce((sum, v, at) => sum + v * (weights[at] ?? 0), 0))),
  );
}

function eachOf(images: Float32Array, probability: (one: Float32Array) => number): number[] {
  return Array.from({ length: images.length / image.length }, (_, n) =>
    probability(images.subarray(n * image.length, (n + 1) * image.length)),
  );
}
