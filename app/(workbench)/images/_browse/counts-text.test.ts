import { expect, it } from "vitest";
import { compact, images } from "./counts-text";

it.each([
  [0, "0"],
  [999, "999"],
  [1000, "1k"],
  [1234, "1.2k"],
  [18_770, "18.8k"],
  [99_940, "99.9k"],
  [99_960, "100k"],
  [195_806, "196k"],
  [999_499, "999k"],
  [999_500, "1M"],
  [1_250_000, "1.3M"],
])("%d is written %s", (count, text) => {
  expect(compact(count)).toBe(text);
});

it("counts one image as one", () => {
  expect([images(1), images(2034)]).toEqual(["1 image", "2,034 images"]);
});
