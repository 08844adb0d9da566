import { expect, it } from "vitest";
import type { Finding } from "@/server/labels/vocabulary";
import { reservedLetters } from "@/server/labels/vocabulary-schema";
import { keyMap, keyProblem } from "./keys";
import { fixedKeys, roomActions } from "./room-actions";

it("keeps from findings every letter that the reading room has by default", () => {
  const letters = [...roomActions, ...fixedKeys].map(({ key }) => key).filter((key) => /^[A-Z]$/.test(key));
  expect(letters.sort().join("")).toBe([...reservedLetters].sort().join(""));
});

it("lets several findings be without a key, each to be given one", () => {
  const without = (position: number): Finding => ({
    position,
    name: `finding ${position}`,
    shortName: `finding ${position}`,
    key: "",
    parent: null,
    displayOrder: position,
  });
  const findings = [without(0), without(1)];
  expect(keyProblem(findings, {})).toBeNull();
  expect(keyMap(findings, { "finding:1": "W" }).get("finding:0")).toBeNull();
  expect(keyMap(findings, { "finding:1": "W" }).get("finding:1")).toBe("W");
});
