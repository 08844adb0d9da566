import { describe, expect, it } from "vitest";
import type { SplitAudit } from "@/server/splits/schema";
import { headlineOf } from "./leak-words";

const nothing = { images: 100, leaked: 0, byClass: { ill: leak(27, 0), well: leak(272, 0) } };
const audit: SplitAudit = {
  leaks: { patients: 31, groups: 31, films: 1 },
  parts: {
    train: nothing,
    validation: nothing,
    test: { images: 299, leaked: 80, byClass: { ill: leak(27, 14), well: leak(272, 66) } },
  },
  reasons: [{ part: "test", class: "ill", reason: "patient", images: 14 }],
  expected: { all: 0.26, byClass: { ill: 0.4985, well: 0.2397 } },
  datasetVersions: {},
};
const classes = ["ill", "well"];

describe("the headline of a split", () => {
  it("counts the leaked test images of the first class, then the rest, then what chance would give", () => {
    expect(headlineOf(audit, classes, 1171)).toEqual({
      leaking: true,
      count: "14 of 27",
      text: "ill test images share a patient with training",
      sub: "52%, and 66 of 272 well (24%). 31 patients and 1 film on more than one side. Expected of any random per-image split of this cohort: 50% of ill, 24% of well.",
    });
  });

  it("says film where it is films", () => {
    const reasons = [{ part: "test", class: "ill", reason: "film", images: 1 }] as const;
    expect(headlineOf({ ...audit, reasons }, classes, 9).text).toBe(
      "ill test images share a film with training",
    );
    const both = [...audit.reasons, ...reasons];
    expect(headlineOf({ ...audit, reasons: both }, classes, 9).text).toMatch(/a patient or a film with/);
  });

  it("names another class where the first does not leak, and validation where test does not", () => {
    const test = { images: 299, leaked: 66, byClass: { ill: leak(27, 0), well: leak(272, 66) } };
    const well = headlineOf({ ...audit, parts: { ...audit.parts, test } }, classes, 9);
    expect([well.count, well.sub.slice(0, 24)]).toEqual(["66 of 272", "24%, and 0 of 27 ill (0%"]);
    const validation = headlineOf(
      { ...audit, parts: { ...audit.parts, test: nothing, validation: audit.parts.test } },
      classes,
      9,
    );
    expect(validation.text).toMatch(/^ill validation images/);
  });

  it("says plainly that nothing leaks", () => {
    const clean = {
      ...audit,
      leaks: { patients: 0, groups: 0, films: 0 },
      parts: { ...audit.parts, test: nothing },
    };
    expect(headlineOf(clean, classes, 1171)).toMatchObject({
      leaking: false,
      count: null,
      text: "No held-out image shares a patient or a film with training",
      sub: expect.stringMatching(/^1,171 patients, each on one side\./),
    });
    // Validation and test may still share patients with each other.
    const between = { ...audit, parts: { ...audit.parts, test: nothing } };
    expect(headlineOf(between, classes, 1171).sub).toMatch(/^31 patients and 1 film on more than one side\./);
  });
});

function leak(images: number, leaked: number) {
  return { images, leaked, share: leaked / images };
}
