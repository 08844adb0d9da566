import { describe, expect, it } from "vitest";
import { boxOf, cardiothoracicRatio, lengthText, wordsAt } from "./marks";

const line = (x1: number, y1: number, x2: number, y2: number) => ({
  from: { x: x1, y: y1 },
  to: { x: x2, y: y2 },
});

describe("a length", () => {
  it("is in millimetres where the header tells how far apart pixels are", () => {
    expect(lengthText(line(0, 0, 300, 400), { x: 0.5, y: 0.5 })).toBe("250 mm");
    expect(lengthText(line(0, 0, 30, 40), { x: 0.5, y: 0.5 })).toBe("25.0 mm");
  });

  it("bears pixels that are longer than wide", () => {
    expect(lengthText(line(0, 0, 300, 400), { x: 1, y: 0.1 })).toBe("303 mm");
  });

  it("is in pixels, and says so, where it does not", () => {
    expect(lengthText(line(0, 0, 300, 400), null)).toBe("500 px");
  });
});

describe("the cardiothoracic ratio", () => {
  it("is heart over chest, with or without spacing", () => {
    const [heart, chest] = [line(100, 200, 260, 200), line(20, 300, 340, 300)];
    expect(cardiothoracicRatio(heart, chest, null)).toBeCloseTo(0.5, 12);
    expect(cardiothoracicRatio(heart, chest, { x: 0.14, y: 0.2 })).toBeCloseTo(0.5, 12);
  });

  it("of a chest without width is none", () => {
    expect(cardiothoracicRatio(line(0, 0, 5, 0), line(3, 3, 3, 3), null)).toBeNull();
  });
});

it("a box is the same from whichever corner it was drawn", () => {
  const box = { x: 10, y: 20.5, width: 30, height: 40 };
  expect(boxOf(line(10, 20.5, 40, 60.5))).toEqual(box);
  expect(boxOf(line(40, 60.5, 10, 20.5))).toEqual(box);
});

describe("a mark's words", () => {
  const place = { width: 450, height: 670 };
  const ratio = "chest 812 px · CTR 0.38";

  it("stand where the line ends", () => {
    expect(wordsAt({ x: 200, y: 300 }, ratio, place)).toEqual({ x: 200, y: 300, textAnchor: "start" });
  });

  it("end at the edge of the film's place instead of beyond it", () => {
    expect(wordsAt({ x: 416, y: 300 }, ratio, place)).toEqual({ x: 446, y: 300, textAnchor: "end" });
    expect(wordsAt({ x: -3, y: -5 }, "heart 80 mm", place)).toEqual({ x: 4, y: 14, textAnchor: "start" });
    expect(wordsAt({ x: 10, y: 675 }, "80 mm", place)).toMatchObject({ x: 10, y: 664 });
  });

  it("stay with a mark that is out of sight", () => {
    expect(wordsAt({ x: 900, y: 300 }, ratio, place)).toEqual({ x: 900, y: 300, textAnchor: "start" });
  });
});
