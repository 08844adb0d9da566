import { describe, expect, it } from "vitest";
import { toFilm, toPlace, within } from "./film-geometry";
import { asStored } from "./film-settings";

const film = { width: 1000, height: 500 };
const place = { width: 800, height: 600 };

describe("where the film lies", () => {
  it("is the whole place's width, in its middle, at first", () => {
    expect(toPlace({ x: 0, y: 0 }, film, place, asStored)).toEqual({ x: 0, y: 100 });
    expect(toPlace({ x: 1000, y: 500 }, film, place, asStored)).toEqual({ x: 800, y: 500 });
  });

  it("moves and grows with the settings", () => {
    const settings = { ...asStored, zoom: 2, x: 10, y: -20 };
    expect(toPlace({ x: 500, y: 250 }, film, place, settings)).toEqual({ x: 410, y: 280 });
    expect(toPlace({ x: 510, y: 250 }, film, place, settings)).toEqual({ x: 426, y: 280 });
  });

  it("is found back from the place", () => {
    const settings = { ...asStored, zoom: 3.7, x: 41, y: -7 };
    const back = toFilm(toPlace({ x: 123.5, y: 400.25 }, film, place, settings), film, place, settings);
    expect(back.x).toBeCloseTo(123.5, 9);
    expect(back.y).toBeCloseTo(400.25, 9);
  });

  it("keeps a point that was dragged past the edge on the film", () => {
    expect(within({ x: -5, y: 700 }, film)).toEqual({ x: 0, y: 500 });
  });
});
