import { describe, expect, it } from "vitest";
import type { Region } from "@/server/reading/schema";
import { keptNext, toggled, withSide } from "./case-regions";

const region = (finding: number, x: number): Region => ({
  image: 1,
  finding,
  shape: "rectangle",
  x,
  y: 0,
  width: 5,
  height: 5,
});
const [left, right, elsewhere, own] = [region(0, 10), region(0, 20), region(1, 30), region(0, 40)];
/** Two readers: of the first finding each drew another box. */
const reads = [
  { labels: "+-", regions: [left] },
  { labels: "??", regions: [right, elsewhere] },
];

describe("taking a side", () => {
  it("takes along what that side drew of the finding, in the place of the other's", () => {
    const first = withSide([], reads, 0, "positive");
    expect(first).toEqual([left]);
    expect(withSide(first, reads, 0, "uncertain")).toEqual([right]);
    expect(withSide(first, reads, 0, "negative")).toEqual([]);
  });

  it("leaves other findings' regions and the adjudicator's own", () => {
    expect(withSide([elsewhere, own, right], reads, 0, "positive")).toEqual([elsewhere, own, left]);
  });

  it("takes along once what two drew alike", () => {
    const alike = [...reads, { labels: "+.", regions: [{ ...left }] }];
    expect(withSide([], alike, 0, "positive")).toEqual([left]);
  });
});

describe("the key that keeps regions", () => {
  it("goes from reader to reader, then to none, and begins again", () => {
    const kept = [0, 0, 0, 0].reduce<(readonly Region[])[]>(
      (steps) => steps.concat([keptNext(steps.at(-1) ?? [], reads, 0)]),
      [],
    );
    expect(kept).toEqual([[left], [right], [], [left]]);
  });

  it("skips who drew nothing of the finding", () => {
    expect(keptNext([], reads, 1)).toEqual([elsewhere]);
    expect(keptNext([elsewhere], reads, 1)).toEqual([]);
    expect(keptNext([], reads, 5)).toEqual([]);
  });
});

it("a press on one region keeps it or lets it go", () => {
  expect(toggled([left], right)).toEqual([left, right]);
  expect(toggled([left, { ...right }], right)).toEqual([left]);
});
