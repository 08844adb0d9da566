import { describe, expect, it } from "vitest";
import { marksOf, measured, noMeasures, withoutLast } from "./measures";

const line = (x1: number, x2: number) => ({ from: { x: x1, y: 10 }, to: { x: x2, y: 10 } });
const picture = {
  width: 500,
  height: 500,
  spacing: { x: 0.8, y: 0.8 },
  grey: { black: 0, white: 255 },
  lowIsWhite: false,
};
const words = (measures: typeof noMeasures) => marksOf(measures, picture).map(({ text }) => text);

describe("measures on a film", () => {
  it("show a cardiothoracic ratio once both its lines are drawn, and begin another with the third", () => {
    const heart = measured(noMeasures, "ratio", line(100, 265));
    expect(words(heart)).toEqual(["heart 132 mm"]);
    const both = measured(heart, "ratio", line(50, 380));
    expect(words(both)).toEqual(["heart 132 mm", "chest 264 mm · CTR 0.50"]);
    expect(words(measured(both, "ratio", line(0, 200)))).toEqual(["heart 160 mm"]);
  });

  it("go one by one, the last first", () => {
    const all = measured(measured(noMeasures, "length", line(0, 100)), "ratio", line(0, 200));
    expect(words(all)).toEqual(["80.0 mm", "heart 160 mm"]);
    expect(words(withoutLast(all))).toEqual(["80.0 mm"]);
    expect(words(withoutLast(withoutLast(all)))).toEqual([]);
    expect(withoutLast(noMeasures)).toEqual(noMeasures);
  });
});
