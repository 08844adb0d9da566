import type { LabelState } from "@/server/labels/states";
import { noRating } from "@/server/ml/ratings";

export const agreementPolicyNames = [
  "positive-against-rest",
  "positive-or-uncertain",
  "stated-only",
] as const;
export type AgreementPolicyName = (typeof agreementPolicyNames)[number];

type Policy = {
  readonly title: string;
  /** How the four states become yes and no, in words: shown wherever a number stands that depends on it. */
  readonly words: string;
  /** 1 yes, 0 no, or as if the reader had not said anything. */
  readonly answerOf: Readonly<Record<LabelState, 0 | 1 | typeof noRating>>;
};

/** How four states become the two that κ, PABAK and specific agreement know. Nothing folds them but these. */
export const agreementPolicies: Readonly<Record<AgreementPolicyName, Policy>> = {
  "positive-against-rest": {
    title: "Positive against the rest",
    words: "Positive is yes; negative, uncertain and unmentioned are no.",
    answerOf: { positive: 1, negative: 0, uncertain: 0, unmentioned: 0 },
  },
  "positive-or-uncertain": {
    title: "Positive or uncertain against the rest",
    words: "Positive and uncertain are yes; negative and unmentioned are no.",
    answerOf: { positive: 1, negative: 0, uncertain: 1, unmentioned: 0 },
  },
  "stated-only": {
    title: "Only what is stated",
    words: "Positive is yes and negative is no; uncertain and unmentioned count as no answer.",
    answerOf: { positive: 1, negative: 0, uncertain: noRating, unmentioned: noRating },
  },
};

/** What stands beside them whatever the policy: nothing is folded in it. */
export const fourStatesWords =
  "α of four states takes positive, negative, uncertain and unmentioned each as an answer of its own.";
