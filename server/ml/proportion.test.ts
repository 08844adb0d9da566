import { expect, test } from "vitest";
import { wilson } from "./proportion";

test.each([
  // statsmodels 0.15.0: proportion_confint(hits, all, method="wilson")
  { hits: 22, all: 27, low: 0.63301316, high: 0.91819293 },
  { hits: 0, all: 10, low: 0, high: 0.2775328 },
  { hits: 271, all: 273, low: 0.97368663, high: 0.99798864 },
  { hits: 27, all: 27, low: 0.87544497, high: 1 },
])("Wilson's interval of $hits of $all", ({ hits, all, low, high }) => {
  expect(wilson(hits, all)?.low).toBeCloseTo(low, 8);
  expect(wilson(hits, all)?.high).toBeCloseTo(high, 8);
});

test("there is no interval of no image", () => {
  expect(wilson(0, 0)).toBeNull();
});
