import { describe, expect, it } from "vitest";
import { expectedLeak } from "./expected-leak";
import { groupsOf } from "./groups";
import { countLeaks } from "./leaks";
import { type RosterRow, rosterOf } from "./roster";
import { nearestSiblings } from "./siblings";

const [train, validation, test] = [0, 1, 2];

/** One line per image: part, class, patient (null: placeholder), film, day. */
const images = [
  { part: train, class: 0, patient: 1, film: "a", day: 0 },
  { part: train, class: 0, patient: 1, film: "b", day: 9 },
  { part: test, class: 0, patient: 1, film: "c", day: 10 },
  { part: test, class: 1, patient: 2, film: "b", day: 3 },
  { part: validation, class: 1, patient: 2, film: "d", day: 4 },
  { part: test, class: 1, patient: 3, film: "e", day: 0 },
  { part: validation, class: 1, patient: 3, film: "f", day: null },
  { part: train, class: 1, patient: null, film: "g", day: null },
  { part: test, class: 0, patient: null, film: "h", day: null },
  { part: train, class: 1, patient: 4, film: "i", day: null },
  { part: test, class: 1, patient: 4, film: "j", day: 8 },
] as const;
const roster = rosterOf(
  images.map(
    (image, index): RosterRow => ({
      imageId: 100 + index,
      classIndex: image.class,
      source: "s",
      patientId: image.patient ?? 99,
      placeholder: image.patient === null,
      film: image.film,
      day: image.day,
    }),
  ),
  ["ill", "well"],
);
const partOf = Uint8Array.from(images, (image) => image.part);

describe("leaks of a split", () => {
  const counted = countLeaks(roster, groupsOf(roster), partOf);

  it("count patients, groups and films on more than one side", () => {
    // Patients 1 to 4; groups {1, 2}, {3}, {4}; film b. The placeholder is no patient.
    expect(counted.leaks).toEqual({ patients: 4, groups: 3, films: 1 });
  });

  it("count the held-out images with a group member in training, per part and class", () => {
    expect(counted.parts.test).toEqual({
      images: 5,
      leaked: 3,
      byClass: {
        ill: { images: 2, leaked: 1, share: 0.5 },
        well: { images: 3, leaked: 2, share: 2 / 3 },
      },
    });
    // Patient 3 stands in test and validation, but not in training.
    expect(counted.parts.validation).toEqual({
      images: 2,
      leaked: 1,
      byClass: { ill: { images: 0, leaked: 0, share: null }, well: { images: 2, leaked: 1, share: 0.5 } },
    });
    expect(counted.parts.train.leaked).toBe(0);
  });

  it("name the nearest sibling and why, same film first, then by days apart", () => {
    const siblings = nearestSiblings(roster, groupsOf(roster), partOf);
    expect(siblings).toEqual([
      { image: 3, trainImage: 1, reason: "film", daysApart: null },
      { image: 2, trainImage: 1, reason: "patient", daysApart: 1 },
      { image: 10, trainImage: 9, reason: "patient", daysApart: null },
      { image: 4, trainImage: 0, reason: "group", daysApart: null },
    ]);
  });
});

describe("the leak expected of a random split", () => {
  it("equals the mean over all possible splits, one by one", () => {
    const small = rosterOf(
      [1, 1, 2, 3, 3, 3, 4, 5].map((patientId, index) => ({
        imageId: index,
        classIndex: index % 2,
        source: "s",
        patientId,
        placeholder: false,
        film: null,
        day: null,
      })),
      ["even", "odd"],
    );
    const groups = groupsOf(small);
    // Of the four images of each class 50% are two in training, one in validation, one in test.
    const shares = { train: 50, validation: 25, test: 25 };
    const mean = { even: 0, odd: 0 };
    let splits = 0;
    for (const even of arrangements()) {
      for (const odd of arrangements()) {
        const partOf = Uint8Array.from(
          { length: 8 },
          (_, image) => (image % 2 === 0 ? even : odd)[Math.floor(image / 2)] ?? 0,
        );
        const { byClass } = countLeaks(small, groups, partOf).parts.test;
        mean.even += byClass.even?.share ?? 0;
        mean.odd += byClass.odd?.share ?? 0;
        splits += 1;
      }
    }
    const expected = expectedLeak(small, groups, shares);
    expect(splits).toBe(144);
    expect(expected.byClass.even).toBeCloseTo(mean.even / splits, 12);
    expect(expected.byClass.odd).toBeCloseTo(mean.odd / splits, 12);
    expect(expected.all).toBeCloseTo((mean.even + mean.odd) / splits / 2, 12);
  });
});

/** All ways to put four images two in training, one in validation, one in test. */
function arrangements(): number[][] {
  const places = [0, 1, 2, 3];
  return places.flatMap((inTest) =>
    places
      .filter((place) => place !== inTest)
      .map((inValidation) =>
        places.map((place) => (place === inTest ? test : place === inValidation ? validation : train)),
      ),
  );
}
