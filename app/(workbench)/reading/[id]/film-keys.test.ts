import { expect, it } from "vitest";
import { windowPresets } from "@/app/_viewer/film-settings";
import { fixedKeys } from "@/server/reading/room-actions";

it("has each window preset on the digit that nobody can take for something else", () => {
  const digits = windowPresets.map(({ name }, place) => ({
    key: String(place + 1),
    does: `window: ${name.toLowerCase()}`,
  }));
  expect(fixedKeys.slice(0, digits.length)).toEqual(digits);
});
