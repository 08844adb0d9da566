import { describe, expect, it } from "vitest";
import type { SplitAudit } from "@/server/splits/schema";
import { countLeaked, leakHref, leakSearchOf } from "./leak-search";

const none = { images: 9, leaked: 0, byClass: {} };
const audit: SplitAudit = {
  leaks: { patients: 3, groups: 3, films: 1 },
  parts: { train: none, validation: { ...none, leaked: 4 }, test: { ...none, leaked: 6 } },
  reasons: [
    { part: "test", class: "ill", reason: "patient", images: 3 },
    { part: "test", class: "ill", reason: "film", images: 1 },
    { part: "test", class: "well", reason: "patient", images: 2 },
    { part: "validation", class: "well", reason: "patient", images: 4 },
  ],
  expected: { all: 0, byClass: {} },
  datasetVersions: {},
};
const classes = ["ill", "well"];

describe("which leaks a page shows", () => {
  it("are test leaks first, and validation's where test has none", () => {
    expect(leakSearchOf({}, audit, classes).part).toBe("test");
    const clean = { ...audit, parts: { ...audit.parts, test: none } };
    expect(leakSearchOf({}, clean, classes).part).toBe("validation");
  });

  it("are what the address says; what it does not understand is as if absent", () => {
    const params = { part: "validation", reason: "film", class: "ill", after: "12" };
    expect(leakSearchOf(params, audit, classes)).toEqual({
      part: "validation",
      reason: "film",
      class: "ill",
      after: 12,
    });
    const nonsense = { part: "train", reason: "x", class: "<b>", after: "-1" };
    expect(leakSearchOf(nonsense, audit, classes)).toEqual({ part: "test" });
    expect(leakSearchOf({ class: ["ill", "well"], after: "1e9" }, audit, classes)).toEqual({ part: "test" });
  });

  it("stand in a link that reads back the same", () => {
    const search = { part: "test", reason: "film", class: "ill & well", after: 3 } as const;
    const url = new URL(leakHref(7, search), "http://x");
    expect(url.pathname).toBe("/splits/7");
    const params = Object.fromEntries(url.searchParams);
    expect(leakSearchOf(params, audit, ["ill & well"])).toEqual(search);
  });

  it("are counted from the audit", () => {
    expect(countLeaked(audit, { part: "test" })).toBe(6);
    expect(countLeaked(audit, { part: "test", class: "ill" })).toBe(4);
    expect(countLeaked(audit, { part: "test", reason: "patient" })).toBe(5);
    expect(countLeaked(audit, { part: "validation", reason: "film" })).toBe(0);
  });
});
