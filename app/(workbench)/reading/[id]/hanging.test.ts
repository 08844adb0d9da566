import { describe, expect, it } from "vitest";
import type { RoomStudy } from "@/server/reading/schema";
import { type Choice, firstLayout, hanging } from "./hanging";

const film = (id: number, view = "AP") => ({ id, view, here: true });
const study = (more: Partial<RoomStudy> = {}): RoomStudy => ({
  item: 1,
  blind: true,
  patient: "patient 1",
  number: 3,
  of: 3,
  date: null,
  sex: "F",
  age: 60,
  images: [film(30, "PA"), film(31, "Lateral")],
  priors: [
    { number: 2, images: [film(20, "PA"), film(21, "Lateral")], date: null, daysBefore: 4 },
    { number: 1, images: [film(10)], date: null, daysBefore: null },
  ],
  draft: null,
  known: null,
  overlays: { saliency: [], lungMasks: [] },
  ...more,
});
const choice = (more: Partial<Choice> = {}): Choice => ({
  layout: 2,
  at: 0,
  prior: 0,
  swapped: false,
  ...more,
});
const shown = (of: RoomStudy, more: Partial<Choice> = {}) =>
  hanging(of, choice(more)).map((hung) => (hung.current ? `[${hung.film.id}]` : String(hung.film.id)));

describe("films hang", () => {
  it("with the latest prior to the left of the current film", () => {
    expect(firstLayout(study())).toBe(2);
    expect(shown(study())).toEqual(["20", "[30]"]);
  });

  it("with priors turned to the same view as the current film", () => {
    expect(shown(study(), { at: 1 })).toEqual(["21", "[31]"]);
    expect(shown(study(), { at: 1, prior: 1 })).toEqual(["10", "[31]"]);
  });

  it("from the oldest to the newest in four places", () => {
    expect(shown(study(), { layout: 4 })).toEqual(["10", "20", "31", "[30]"]);
  });

  it("alone where there is nothing beside it", () => {
    const alone = study({ images: [film(30)], priors: [] });
    expect(firstLayout(alone)).toBe(1);
    for (const layout of [1, 2, 4] as const)
      expect(shown(alone, { layout, swapped: true })).toEqual(["[30]"]);
  });

  it("the other way round when current and prior are swapped", () => {
    expect(shown(study(), { swapped: true })).toEqual(["[30]", "20"]);
    expect(shown(study(), { layout: 1, swapped: true })).toEqual(["20"]);
    expect(shown(study(), { layout: 4, swapped: true })).toEqual(["[30]", "20", "31", "10"]);
  });
});
