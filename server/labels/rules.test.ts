import { describe, expect, it } from "vitest";
import { consensus, currentLabel, currentLabelRule } from "./rules";
import type { LabelState } from "./states";

const read = (labels: string) => ({ kind: "read", labels }) as const;
const adjudication = (labels: string) => ({ kind: "adjudication", labels }) as const;

describe("the current label of a study", () => {
  it("is the source while nobody has read it", () => {
    expect(currentLabel("+-?.", [], 4)).toEqual({ labels: "+-?.", origin: "source" });
  });

  it("is the only read, also where that read says nothing", () => {
    expect(currentLabel("++++", [read("....")], 4)).toEqual({ labels: "....", origin: "read" });
  });

  it("is the consensus of two reads", () => {
    expect(currentLabel("....", [read("+-+."), read("+-.-")], 4)).toEqual({
      labels: "+-?-",
      origin: "consensus",
    });
  });

  it("is the latest adjudication whatever the reads say", () => {
    const reads = [read("+"), adjudication("-"), read("+"), adjudication("?"), read("+")];
    expect(currentLabel("+", reads, 1)).toEqual({ labels: "?", origin: "adjudicated" });
  });

  it("reads strings of different ages as if the shorter said nothing more", () => {
    expect(currentLabel("", [read("+"), read("+-")], 3).labels).toBe("+-.");
  });
});

describe("consensus", () => {
  const cases: readonly { readonly said: string; readonly becomes: LabelState }[] = [
    { said: "++", becomes: "positive" },
    { said: "+-", becomes: "uncertain" },
    { said: "+.", becomes: "uncertain" },
    { said: "?-", becomes: "uncertain" },
    { said: "?.", becomes: "uncertain" },
    { said: "-.", becomes: "negative" },
    { said: "..", becomes: "unmentioned" },
    { said: "++-", becomes: "positive" },
    { said: "--+", becomes: "negative" },
    { said: "..+", becomes: "unmentioned" },
    { said: "+-.", becomes: "uncertain" },
    { said: "??.", becomes: "uncertain" },
    { said: "++--", becomes: "uncertain" },
    { said: "--..", becomes: "negative" },
    { said: "+++-", becomes: "positive" },
  ];
  const words = { "+": "positive", "-": "negative", "?": "uncertain", ".": "unmentioned" } as const;
  it.each(cases)("of $said is $becomes, in any order", ({ said, becomes }) => {
    const states = [...said].map((character) => words[character as keyof typeof words]);
    expect(consensus(states)).toBe(becomes);
    expect(consensus(states.toReversed())).toBe(becomes);
  });
});

it("states the rule in the order in which it is applied", () => {
  const order = ["Adjudicated", "consensus", "only read", "source"].map((word) =>
    currentLabelRule.indexOf(word),
  );
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(Math.min(...order)).toBe(0);
});
