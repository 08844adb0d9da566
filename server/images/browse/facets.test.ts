import { describe, expect, it } from "vitest";
import { type AttributeGroup, countAttributes, countStates } from "./facets";

const group = (part: Partial<AttributeGroup>): AttributeGroup => ({
  dataset: "chexpert",
  view: "AP",
  sex: "F",
  age: 50,
  readState: "unread",
  film: "here",
  part: null,
  images: 1,
  ...part,
});

describe("counts beside filter values", () => {
  const groups = [
    group({ images: 10 }),
    group({ images: 20, view: "PA" }),
    group({ images: 40, sex: "M" }),
    group({ images: 80, view: "PA", sex: "M" }),
  ];

  it("without a filter count everything", () => {
    const counts = countAttributes(groups, {});
    expect(counts.total).toBe(150);
    expect([...counts.of.view]).toEqual([
      ["AP", 50],
      ["PA", 100],
    ]);
  });

  it("ignore their own filter and obey all others", () => {
    const counts = countAttributes(groups, { view: (view) => view === "AP" });
    expect(counts.total).toBe(50);
    expect([...counts.of.view]).toEqual([
      ["AP", 50],
      ["PA", 100],
    ]);
    expect([...counts.of.sex]).toEqual([
      ["F", 10],
      ["M", 40],
    ]);
  });

  it("under two filters each count obeys the other one", () => {
    const counts = countAttributes(groups, { view: (view) => view === "AP", sex: (sex) => sex === "M" });
    expect(counts.total).toBe(40);
    expect([...counts.of.view]).toEqual([
      ["AP", 40],
      ["PA", 80],
    ]);
    expect([...counts.of.sex]).toEqual([
      ["F", 10],
      ["M", 40],
    ]);
  });

  it("keep a value of which nothing is left", () => {
    const counts = countAttributes(groups, { sex: () => false });
    expect(counts.total).toBe(0);
    expect([...counts.of.view]).toEqual([
      ["AP", 0],
      ["PA", 0],
    ]);
  });
});

describe("counts of states", () => {
  it("are taken from pieces of packed labels, blanks included", () => {
    const counts = countStates(
      [
        { start: 0, piece: "+-", refusedBy: -1, images: 3 },
        { start: 2, piece: "?", refusedBy: -1, images: 3 },
      ],
      2,
      3,
    );
    expect(counts).toEqual([
      { positive: 3, negative: 0, uncertain: 0, unmentioned: 0 },
      { positive: 0, negative: 3, uncertain: 0, unmentioned: 0 },
      { positive: 0, negative: 0, uncertain: 3, unmentioned: 0 },
    ]);
  });

  it("take a string that ends early as not mentioned", () => {
    const [, second] = countStates([{ start: 0, piece: "+", refusedBy: -1, images: 5 }], 2, 2);
    expect(second).toEqual({ positive: 0, negative: 0, uncertain: 0, unmentioned: 5 });
  });

  it("of images that one finding's filter refuses add to that finding alone", () => {
    const counts = countStates([{ start: 0, piece: "++", refusedBy: 1, images: 7 }], 2, 2);
    expect(counts.map((one) => one.positive)).toEqual([0, 7]);
  });
});
