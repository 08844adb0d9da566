import { z } from "zod";
import { type LabelState, labelStates } from "./states";

/** What becomes of an uncertain label when a training set is made (Irvin et al. 2019, section 3.1). */
export const uncertainPolicies = ["U-Ignore", "U-Zeros", "U-Ones", "U-MultiClass"] as const;
/** What becomes of a finding that a label does not mention. */
export const blankPolicies = ["negative", "missing"] as const;

export const labelPolicy = z.strictObject({
  uncertain: z.enum(uncertainPolicies),
  blank: z.enum(blankPolicies),
});
export type LabelPolicy = z.output<typeof labelPolicy>;

/** What a policy makes of a state: a class to learn, or nothing to learn from. */
export const learntStates = ["positive", "negative", "uncertain", "missing"] as const;
export type LearntState = (typeof learntStates)[number];

/** What a label is under a policy. `uncertain` is there under U-MultiClass alone. */
export function learnt(policy: LabelPolicy, state: LabelState): LearntState {
  switch (state) {
    case "positive":
    case "negative":
      return state;
    case "uncertain":
      return uncertainBecomes[policy.uncertain];
    case "unmentioned":
      return policy.blank;
  }
}

const uncertainBecomes = {
  "U-Ignore": "missing",
  "U-Zeros": "negative",
  "U-Ones": "positive",
  "U-MultiClass": "uncertain",
} as const satisfies Record<LabelPolicy["uncertain"], LearntState>;

/** The states of a label that a policy makes `wanted` of; none where it makes no such thing. */
export function statesThatAre(policy: LabelPolicy, wanted: LearntState): LabelState[] {
  return labelStates.filter((state) => learnt(policy, state) === wanted);
}

/** How many labels are what under a policy, from how many are in which state. */
export function countsUnder(
  policy: LabelPolicy,
  states: Readonly<Record<LabelState, number>>,
): Record<LearntState, number> {
  const counts = { positive: 0, negative: 0, uncertain: 0, missing: 0 };
  for (const state of labelStates) counts[learnt(policy, state)] += states[state];
  return counts;
}

/** A policy in a line of words, for pages and rules that keep it. */
export function policyWords({ uncertain, blank }: LabelPolicy): string {
  return `${uncertain}, blank ${blank === "missing" ? "left out" : "as negative"}`;
}
