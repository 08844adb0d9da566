import { expect, test } from "vitest";
import { colourOf, drawOverlay, overlayOnFilm } from "./colour-map";

const map = { values: Float32Array.of(0, 1, 2, 4), width: 2, height: 2, min: 0, max: 4 };

test.each([
  // matplotlib 3.11.2: colormaps["inferno"].colors × 255
  [0, [0, 0, 4]],
  [64 / 255, [87, 16, 110]],
  [128 / 255, [188, 55, 84]],
  [192 / 255, [249, 142, 9]],
  [1, [252, 255, 164]],
])("share %d has matplotlib's inferno colour", (share, colour) => {
  expect([...colourOf(share)]).toEqual(colour);
});

test("between the cells' centres values are bilinear, outside them the nearest", () => {
  const opacity = drawOverlay(map, 4, 4).filter((_, at) => at % 4 === 3);
  // Half-pixel centres: columns at 0, ¼, ¾ and 1 of the way, rows too; × 255 ÷ 4.
  const rows = [0, 0.25, 0.75, 1].map((y) => [0, 0.25, 0.75, 1].map((x) => x * (1 - y) + (2 + 2 * x) * y));
  expect([...opacity]).toEqual(rows.flat().map((value) => Math.round((value / 4) * 255)));
});

test("opacity 0 leaves the film as it is, and a map of one value is clear", () => {
  const film = { width: 2, height: 1, channels: 1 as const, data: Uint8Array.of(10, 200) };
  expect([...overlayOnFilm(map, film, 0).data]).toEqual([10, 10, 10, 200, 200, 200]);
  const flat = { ...map, values: new Float32Array(4).fill(3), min: 3, max: 3 };
  expect([...overlayOnFilm(flat, film, 1).data]).toEqual([10, 10, 10, 200, 200, 200]);
});

test("at full opacity the highest cell shows its colour alone", () => {
  const film = { width: 2, height: 2, channels: 3 as const, data: new Uint8Array(12).fill(50) };
  expect([...overlayOnFilm(map, film, 1).data.slice(9)]).toEqual([252, 255, 164]);
});
