import { expect, test } from "vitest";
import { borderStatisticNames, borderStatistics } from "./border";

test("fifteen border statistics are those of pillow and NumPy", () => {
  const [width, height] = [100, 80];
  const film = { width, height, channels: 1 as const, data: new Uint8Array(width * height) };
  film.data.forEach((_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const level = Math.min(y * 2 + x + ((at * at * 7) % 40), 255);
    film.data[at] = y < 6 && x < 50 ? 0 : y >= 70 && x >= 60 ? 255 : level;
  });
  // pillow 13.0.0 and NumPy 2.4.6, by reference/shortcuts.py
  const expected = [
    0.1872855, 0.8706189, 0.3809589, 0.7609681, 0.1919221, 0.1205519, 0.1978902, 0.173721, 0.0566789,
    0.4647059, 0.6656863, 0.9996324, 0.134375, 0.1354167, 0.5506904,
  ];
  const measured = borderStatistics(film);
  expect(measured).toHaveLength(borderStatisticNames.length);
  for (const [at, value] of expected.entries()) {
    expect(measured[at], borderStatisticNames[at]).toBeCloseTo(value, 6);
  }
});
