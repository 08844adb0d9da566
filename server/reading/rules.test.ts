import { describe, expect, it } from "vitest";
import type { LabelState } from "@/server/labels/states";
import { stateAt } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import { accepted, contradictions, nextState, patientTitle, suggestions, wholeRead } from "./rules";

// Positions and parents as the vocabulary's migration has them.
const findings: readonly Finding[] = [
  ["No Finding", null],
  ["Enlarged Cardiomediastinum", null],
  ["Cardiomegaly", 1],
  ["Lung Opacity", null],
  ["Lung Lesion", 3],
  ["Edema", 3],
  ["Consolidation", 3],
  ["Pneumonia", 3],
  ["Atelectasis", 3],
  ["Pneumothorax", null],
  ["Pleural Effusion", null],
  ["Pleural Other", null],
  ["Fracture", null],
  ["Support Devices", null],
  ["COVID-19", 7],
].map(([name, parent], position) => ({
  position,
  name: String(name),
  shortName: String(name),
  key: String.fromCharCode(65 + position),
  parent: parent === null ? null : Number(parent),
  displayOrder: position,
}));

/** "Edema+ Fracture?" as packed labels. */
function labels(words: string): string {
  const packed = Array.from({ length: findings.length }, () => ".");
  for (const word of words.split(" / ").filter(Boolean)) {
    const at = findings.findIndex(({ name }) => name === word.slice(0, -1));
    packed[at] = word.slice(-1);
  }
  return packed.join("");
}

describe("a letter", () => {
  it("goes blank, positive, negative, uncertain and round again", () => {
    const round: LabelState[] = ["unmentioned", "positive", "negative", "uncertain"];
    round.forEach((state, at) => {
      const after = round[(at + 1) % 4];
      expect(nextState(state, false)).toBe(after);
      expect(nextState(after ?? "unmentioned", true)).toBe(state);
    });
  });
});

describe("contradictions", () => {
  it.each([
    { made: "", of: 0 },
    { made: "No Finding+", of: 0 },
    { made: "No Finding+ / Support Devices+", of: 0 },
    { made: "No Finding+ / Edema+", of: 1 },
    { made: "No Finding+ / Edema?", of: 1 },
    { made: "No Finding+ / Edema-", of: 0 },
    { made: "No Finding- / Edema+", of: 0 },
    { made: "No Finding+ / Edema+ / Fracture+", of: 2 },
    { made: "Edema+ / Lung Opacity-", of: 1 },
    { made: "Edema? / Lung Opacity-", of: 0 },
    { made: "COVID-19+ / Pneumonia-", of: 1 },
    { made: "COVID-19+ / Lung Opacity-", of: 0 },
  ])("“$made” has $of", ({ made, of }) => {
    expect(contradictions(labels(made), findings)).toHaveLength(of);
  });

  it("names both findings, in words and by position", () => {
    const [found] = contradictions(labels("Cardiomegaly+ / Enlarged Cardiomediastinum-"), findings);
    expect(found).toEqual({
      between: [1, 2],
      text: "Cardiomegaly is positive, but Enlarged Cardiomediastinum is negative",
    });
  });

  it("finds none in a vocabulary without No Finding", () => {
    expect(contradictions("+++", findings.slice(9, 12))).toEqual([]);
  });
});

describe("suggestions", () => {
  it.each([
    { made: "Cardiomegaly+", parents: ["Enlarged Cardiomediastinum"] },
    { made: "Cardiomegaly+ / Enlarged Cardiomediastinum?", parents: ["Enlarged Cardiomediastinum"] },
    { made: "Cardiomegaly+ / Enlarged Cardiomediastinum+", parents: [] },
    { made: "Cardiomegaly+ / Enlarged Cardiomediastinum-", parents: [] },
    { made: "Cardiomegaly?", parents: [] },
    { made: "COVID-19+", parents: ["Pneumonia"] },
    { made: "COVID-19+ / Pneumonia+", parents: ["Lung Opacity"] },
  ])("“$made” suggests $parents", ({ made, parents }) => {
    expect(suggestions(labels(made), findings).map(({ parent }) => findings[parent]?.name)).toEqual(parents);
  });

  it("are accepted up the whole line, one by one", () => {
    let read = labels("COVID-19+");
    for (let steps = 0; steps < 3; steps += 1) {
      const [next] = suggestions(read, findings);
      if (next) read = accepted(read, next);
    }
    expect([14, 7, 3].map((position) => stateAt(read, position))).toEqual([
      "positive",
      "positive",
      "positive",
    ]);
    expect(suggestions(read, findings)).toEqual([]);
  });
});

it("a read covers the whole vocabulary and nothing beyond", () => {
  expect(wholeRead("+-", 4)).toBe("+-..");
  expect(wholeRead("", 2)).toBe("..");
  expect(wholeRead("+-?.+", 4)).toBeNull();
});

describe("a patient's title", () => {
  it.each([
    { id: "patient00417", blind: true, title: "patient 417" },
    { id: "137", blind: true, title: "patient 137" },
    { id: "COVID-0042", blind: true, title: "patient no. 9" },
    { id: "no patient id, line 12", blind: true, title: "patient no. 9" },
    { id: "COVID-0042", blind: false, title: "COVID-0042" },
  ])("of $id, blind $blind, is “$title”", ({ id, blind, title }) => {
    expect(patientTitle(id, 9, blind)).toBe(title);
  });
});
