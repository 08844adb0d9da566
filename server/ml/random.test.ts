import { expect, test } from "vitest";
import { deriveSeed, seededRandom } from "./random";

test("the same seed gives the same numbers, a neighbouring one others", () => {
  const draw = (seed: number) => Array.from({ length: 5 }, seededRandom(seed).uniform);
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test("a shuffle keeps every value once, leaves its input, and moves most", () => {
  const values = Array.from({ length: 100 }, (_, i) => i);
  const shuffled = seededRandom(1).shuffle(values);
  expect(shuffled.toSorted((a, b) => a - b)).toEqual(values);
  expect(values[0]).toBe(0);
  expect(shuffled.filter((value, i) => value === i).length).toBeLessThan(10);
});

test("moments are those of the uniform and of the standard normal distribution", () => {
  const random = seededRandom(3);
  const normals = Array.from({ length: 20_000 }, random.normal);
  const mean = normals.reduce((sum, x) => sum + x, 0) / normals.length;
  const variance = normals.reduce((sum, x) => sum + (x - mean) ** 2, 0) / normals.length;
  expect(Math.abs(mean)).toBeLessThan(0.03); // four standard errors
  expect(Math.abs(variance - 1)).toBeLessThan(0.04);
  const integers = Array.from({ length: 6000 }, () => random.int(6));
  expect(new Set(integers)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
});

test("the parts of a run have seeds of their own", () => {
  const seeds = [0, 1, 2, 3].flatMap((seed) => [0, 1, 2, 3].map((epoch) => deriveSeed(seed, epoch)));
  expect(new Set(seeds).size).toBe(16);
});
