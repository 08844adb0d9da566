import { describe, expect, it } from "vitest";
import { countsUnder, labelPolicy, learnt, statesThatAre } from "./policy";

describe("a label policy", () => {
  // Irvin et al. 2019, section 3.1: ignored, mapped to 0, mapped to 1, a class of its own.
  it.each([
    { uncertain: "U-Ignore", blank: "missing", becomes: ["positive", "negative", "missing", "missing"] },
    { uncertain: "U-Zeros", blank: "missing", becomes: ["positive", "negative", "negative", "missing"] },
    { uncertain: "U-Ones", blank: "negative", becomes: ["positive", "negative", "positive", "negative"] },
    {
      uncertain: "U-MultiClass",
      blank: "negative",
      becomes: ["positive", "negative", "uncertain", "negative"],
    },
  ] as const)("$uncertain with blank $blank", ({ uncertain, blank, becomes }) => {
    const states = ["positive", "negative", "uncertain", "unmentioned"] as const;
    expect(states.map((state) => learnt({ uncertain, blank }, state))).toEqual(becomes);
  });

  // CheXpert's published training counts of Atelectasis (Irvin et al. 2019, table 1): 29,333 positive, 29,377
  // uncertain, of 187,641 studies; the other 128,931 negative or not mentioned.
  it("counts CheXpert's Atelectasis as its authors trained on it", () => {
    const states = { positive: 29_333, uncertain: 29_377, negative: 0, unmentioned: 128_931 };
    expect(countsUnder({ uncertain: "U-Ones", blank: "negative" }, states)).toEqual({
      positive: 58_710,
      negative: 128_931,
      uncertain: 0,
      missing: 0,
    });
    expect(countsUnder({ uncertain: "U-Ignore", blank: "missing" }, states)).toEqual({
      positive: 29_333,
      negative: 0,
      uncertain: 0,
      missing: 158_308,
    });
    expect(countsUnder({ uncertain: "U-MultiClass", blank: "negative" }, states).uncertain).toBe(29_377);
  });

  it("names the states that it makes a class of, and none of what it does not make", () => {
    expect(statesThatAre({ uncertain: "U-Zeros", blank: "negative" }, "negative")).toEqual([
      "negative",
      "uncertain",
      "unmentioned",
    ]);
    expect(statesThatAre({ uncertain: "U-Ones", blank: "missing" }, "uncertain")).toEqual([]);
  });

  it("is one of those that are known", () => {
    expect(labelPolicy.safeParse({ uncertain: "U-Maybe", blank: "negative" }).success).toBe(false);
    expect(labelPolicy.safeParse({ uncertain: "U-Ones" }).success).toBe(false);
  });
});
