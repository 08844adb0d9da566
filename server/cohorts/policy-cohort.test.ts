import { beforeAll, describe, expect, it } from "vitest";
import { valueOrThrow } from "@/server/auth/command";
import { countsUnder, type LabelPolicy } from "@/server/labels/policy";
import { labelCounts } from "@/server/labels/queries";
import type { LabelState } from "@/server/labels/states";
import { testDatabase } from "@/server/testing/database";
import { createCohort } from "./commands";
import { plantFilms } from "./planted-films";
import { previewCohort, showCohort } from "./queries";
import type { CohortRuleInput } from "./schema";

testDatabase();
const shell = { kind: "shell", osUser: "test" } as const;
const [opacity, pneumonia] = [3, 7];

// Of Pneumonia: 4 positive, 3 negative, 2 uncertain, 5 not mentioned.
const states: LabelState[] = [
  ...Array.from({ length: 4 }, () => "positive" as const),
  ...Array.from({ length: 3 }, () => "negative" as const),
  ...Array.from({ length: 2 }, () => "uncertain" as const),
  ...Array.from({ length: 5 }, () => "unmentioned" as const),
];

beforeAll(async () => {
  await plantFilms(
    states.map((state, at) => ({
      path: `${at}.png`,
      patient: `p${at}`,
      // Something else is said of every film, so that a blank is a blank in a label.
      labels: [
        [opacity, "positive"],
        ...(state === "unmentioned" ? [] : [[pneumonia, state] as [number, LabelState]]),
      ],
    })),
  );
});

describe("a cohort by rule under a policy", () => {
  it.each<{ policy: LabelPolicy; positive: number; negative: number }>([
    { policy: { uncertain: "U-Ignore", blank: "missing" }, positive: 4, negative: 3 },
    { policy: { uncertain: "U-Ignore", blank: "negative" }, positive: 4, negative: 8 },
    { policy: { uncertain: "U-Zeros", blank: "missing" }, positive: 4, negative: 5 },
    { policy: { uncertain: "U-Zeros", blank: "negative" }, positive: 4, negative: 10 },
    { policy: { uncertain: "U-Ones", blank: "missing" }, positive: 6, negative: 3 },
    { policy: { uncertain: "U-Ones", blank: "negative" }, positive: 6, negative: 8 },
    { policy: { uncertain: "U-MultiClass", blank: "negative" }, positive: 4, negative: 8 },
  ])("holds what the policy makes of each label: %o", async ({ policy, positive, negative }) => {
    const rule = ruleOf(["positive", "negative"], policy);
    const counts = valueOrThrow(await previewCohort(shell, { source: { kind: "rule", rule } }));
    expect(counts.classes).toEqual({ positive, negative });
    // The same figures stand on the page of policies, before anything is made.
    const before = valueOrThrow(await labelCounts(shell, {})).findings[pneumonia];
    expect(before && countsUnder(policy, before.states)).toMatchObject({ positive, negative });
  });

  it("has a class of its own for the uncertain under U-MultiClass, and keeps the policy", async () => {
    const policy = { uncertain: "U-MultiClass", blank: "missing" } as const;
    const rule = ruleOf(["positive", "negative", "uncertain"], policy);
    const made = valueOrThrow(await createCohort(shell, { name: "three", source: { kind: "rule", rule } }));
    expect(made.classes).toEqual({ positive: 4, negative: 3, uncertain: 2 });
    const { rule: kept } = valueOrThrow(await showCohort(shell, { cohort: "three" }));
    expect(kept).toMatchObject({ policy });
  });

  it("takes labels as they are without one", async () => {
    const rule = ruleOf(["positive", "unmentioned"]);
    const counts = valueOrThrow(await previewCohort(shell, { source: { kind: "rule", rule } }));
    expect(counts.classes).toEqual({ positive: 4, unmentioned: 5 });
  });

  it.each<{ states: LabelState[]; policy: LabelPolicy; says: RegExp }>([
    {
      states: ["positive", "uncertain"],
      policy: { uncertain: "U-Ones", blank: "negative" },
      says: /no such class/,
    },
    {
      states: ["positive", "unmentioned"],
      policy: { uncertain: "U-Ones", blank: "missing" },
      says: /blank counts as missing/,
    },
  ])("refuses a class that the policy makes nothing of: $states", async ({ states, policy, says }) => {
    const made = await createCohort(shell, {
      name: "no",
      source: { kind: "rule", rule: ruleOf(states, policy) },
    });
    expect(made).toMatchObject({ code: "invalid", message: expect.stringMatching(says) });
  });

  it("refuses a policy that is not known", async () => {
    const rule = { ...ruleOf(["positive", "negative"]), policy: { uncertain: "U-Maybe", blank: "negative" } };
    // A shell or an old page may send anything.
    const source = JSON.parse(JSON.stringify({ kind: "rule", rule }));
    expect(await createCohort(shell, { name: "no", source })).toMatchObject({ code: "invalid" });
  });
});

function ruleOf(classes: readonly LabelState[], policy?: LabelPolicy): CohortRuleInput {
  return {
    classes: classes.map((state) => ({
      name: state,
      where: { findings: [{ finding: "Pneumonia", states: [state] }] },
    })),
    policy,
  };
}
