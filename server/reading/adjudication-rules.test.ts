import { describe, expect, it } from "vitest";
import type { Finding } from "@/server/labels/vocabulary";
import { differing, nextCase, type OpenCase, sidesOf, statesSaid } from "./adjudication-rules";

const finding = (position: number, displayOrder = position): Finding => ({
  position,
  name: `finding ${position}`,
  shortName: `f${position}`,
  key: "ABCDE".charAt(position),
  parent: null,
  displayOrder,
});
const findings = [finding(0), finding(2), finding(1)];

describe("what readers disagree on", () => {
  it("are the findings of which they say different things, in display order", () => {
    expect(differing(findings, [{ labels: "+-." }, { labels: "+.?" }])).toEqual([finding(2), finding(1)]);
  });

  it("is nothing where one string is only shorter", () => {
    expect(differing(findings, [{ labels: "+" }, { labels: "+.." }])).toEqual([]);
  });

  it("has two readers as its sides, the same one always on the left", () => {
    const reads = [{ labels: "+-" }, { labels: "-+" }];
    expect(sidesOf(reads, 0)).toEqual(["positive", "negative"]);
    expect(sidesOf(reads, 1)).toEqual(["negative", "positive"]);
    expect(sidesOf(reads, 2)).toBeNull();
  });

  it("has what most say on the left where there are more readers", () => {
    const reads = [{ labels: "?" }, { labels: "-" }, { labels: "-" }, { labels: "+" }];
    expect(statesSaid(reads, 0)).toEqual(["negative", "uncertain", "positive"]);
    expect(sidesOf(reads, 0)).toEqual(["negative", "uncertain"]);
  });
});

describe("the next case", () => {
  const cases: readonly OpenCase[] = [
    { item: 1, position: 1, standing: "own" },
    { item: 2, position: 2, standing: "elsewhere" },
    { item: 3, position: 3, standing: "free" },
    { item: 4, position: 4, standing: "mine" },
    { item: 5, position: 5, standing: "free" },
  ];

  it("is the one in hand, else the first that is free, never one's own study or another's case", () => {
    expect(nextCase(cases)?.item).toBe(4);
    expect(nextCase(cases.filter(({ standing }) => standing !== "mine"))?.item).toBe(3);
    expect(nextCase(cases.slice(0, 2))).toBeNull();
  });

  it("is behind the one that was left for later, and from the top again at the end", () => {
    expect(nextCase(cases, 4)?.item).toBe(5);
    expect(nextCase(cases, 5)?.item).toBe(3);
    expect(nextCase([], 5)).toBeNull();
  });
});
