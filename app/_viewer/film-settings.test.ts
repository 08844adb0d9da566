import { describe, expect, it } from "vitest";
import {
  asStored,
  greyRange,
  greyTransform,
  panned,
  presetsOf,
  readout,
  windowed,
  zoomedAt,
} from "./film-settings";

const place = { width: 800, height: 600 };

describe("zoom", () => {
  it("keeps what lies under the pointer where it is", () => {
    const start = { ...asStored, zoom: 2, x: 30, y: -20 };
    const at = { x: 150, y: 80 };
    const under = (settings: typeof start) => ({
      x: (at.x - settings.x) / settings.zoom,
      y: (at.y - settings.y) / settings.zoom,
    });
    const closer = zoomedAt(start, 1.5, at, place);
    expect(closer.zoom).toBe(3);
    expect(under(closer).x).toBeCloseTo(under(start).x, 9);
    expect(under(closer).y).toBeCloseTo(under(start).y, 9);
  });

  it("ends at the whole film and at sixteen times", () => {
    expect(zoomedAt(asStored, 0.1, { x: 0, y: 0 }, place).zoom).toBe(1);
    expect(zoomedAt(asStored, 1000, { x: 0, y: 0 }, place).zoom).toBe(16);
  });

  it("never loses the film when it is dragged away", () => {
    expect(panned(asStored, { x: 9000, y: -9000 }, place)).toMatchObject({ x: 400, y: -300 });
  });
});

describe("window and level", () => {
  const shown = (grey: number, settings: { window: number; level: number }, inverted = false) => {
    const { slope, intercept } = greyTransform(settings, inverted);
    return Math.min(1, Math.max(0, (slope * grey) / 255 + intercept));
  };

  it("shows a film as it is stored until somebody changes it", () => {
    for (const grey of [0, 1, 100, 255]) expect(shown(grey, asStored)).toBeCloseTo(grey / 255, 12);
  });

  // DICOM PS3.3 C.11.2.1.3.2: y = ((x - c) / w + 0.5) × (ymax - ymin) + ymin
  it.each([
    { grey: 100, window: 200, level: 100, expected: 0.5 },
    { grey: 150, window: 200, level: 100, expected: 0.75 },
    { grey: 0, window: 200, level: 100, expected: 0 },
    { grey: 200, window: 200, level: 100, expected: 1 },
    { grey: 250, window: 100, level: 100, expected: 1 },
    { grey: 40, window: 100, level: 100, expected: 0 },
  ])(
    "grey $grey in a window of $window at $level is $expected of white",
    ({ expected, grey, ...settings }) => {
      expect(shown(grey, settings)).toBeCloseTo(expected, 12);
      expect(shown(grey, settings, true)).toBeCloseTo(1 - expected, 12);
    },
  );

  it("never closes the window", () => {
    expect(windowed(asStored, { x: -5000, y: 0 }).window).toBeGreaterThan(0);
  });

  it("is told in words that readers know", () => {
    expect(readout({ ...asStored, zoom: 1.44 })).toBe("W 255 · L 128 · 1.4×");
  });

  it("of a twelve-bit film begin with what its file asks for, and move in its own values", () => {
    const asked = { black: 512, white: 512 + 2550 };
    expect(greyRange(asStored, asked)).toEqual(asked);
    expect(greyRange({ window: 51, level: 102 }, asked)).toEqual({ black: 1277, white: 1787 });
    expect(readout(asStored, asked)).toBe("W 2550 · L 1787 · 1.0×");
  });
});

describe("the digits", () => {
  it("choose the file's own windows first", () => {
    const asked = { black: 1000, white: 3550 };
    const [first, second, third] = presetsOf(asked, [{ black: 1000, white: 2020 }]);
    expect(first).toMatchObject({ name: "As stored", window: 255, level: 127.5 });
    expect(second && greyRange(second, asked)).toEqual({ black: 1000, white: 2020 });
    expect(third?.name).toBe("Lungs");
  });

  it("mean the same of a film whose low values are white", () => {
    const asked = { black: 1000, white: 3550, lowIsWhite: true };
    const dark = { window: 51, level: 51 };
    expect(greyRange(dark, asked)).toEqual({ black: 2785, white: 3295 });
    const [, second] = presetsOf(asked, [{ black: 2785, white: 3295 }]);
    expect(second).toMatchObject({ window: 51, level: 51 });
  });

  it("are nine at most", () => {
    const many = Array.from({ length: 20 }, (_, at) => ({ black: 0, white: at + 1 }));
    expect(presetsOf({ black: 0, white: 255 }, many)).toHaveLength(9);
  });
});
