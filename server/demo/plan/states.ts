import type { LabelState } from "@/server/labels/states";
import type { Random } from "@/server/ml/random";
import { type ChexpertFinding, chexpertFindings } from "../finding";

/** What is on the films of a study and what its report says of it. */
export type StudyFindings = {
  readonly severities: Partial<Record<ChexpertFinding, number>>;
  readonly states: Partial<Record<ChexpertFinding, LabelState>>;
};

/** Says a finding as a report would: mostly right, often silent, sometimes hedged. */
export function reported(severity: number, random: Random): LabelState {
  const chance = random.uniform();
  if (severity >= 0.5) return chance < 0.86 ? "positive" : chance < 0.93 ? "uncertain" : "unmentioned";
  if (severity > 0) return chance < 0.7 ? "uncertain" : chance < 0.82 ? "positive" : "unmentioned";
  return chance < 0.74 ? "unmentioned" : chance < 0.96 ? "negative" : "uncertain";
}

/**
 * Makes every state of every finding occur at least once, so that each page of the demo has something to show;
 * changes studies (in place) only where a state is missing.
 */
export function coverStates(studies: readonly StudyFindings[], random: Random): void {
  let turn = 0;
  for (const finding of chexpertFindings)
    for (const state of ["positive", "negative", "uncertain"] as const) {
      if (studies.some((study) => study.states[finding] === state)) continue;
      const silent = studies.filter((study) => (study.states[finding] ?? "unmentioned") === "unmentioned");
      const chosen = silent[(turn++ * 7) % Math.max(1, silent.length)];
      if (!chosen) continue;
      chosen.states[finding] = state;
      chosen.severities[finding] = { positive: 0.75 + 0.25 * random.uniform(), uncertain: 0.35, negative: 0 }[
        state
      ];
    }
}

/** CheXpert's cell of a state. */
export function cellOf(state: LabelState | undefined): string {
  if (state === "positive") return "1.0";
  if (state === "negative") return "0.0";
  return state === "uncertain" ? "-1.0" : "";
}

/** "No Finding" stands where nothing but devices is said or hinted at (Irvin et al., CheXpert, AAAI 2019). */
export function noFindingCell({ states }: StudyFindings): string {
  const something = chexpertFindings.some(
    (finding) =>
      finding !== "Support Devices" && (states[finding] === "positive" || states[finding] === "uncertain"),
  );
  return something ? "" : "1.0";
}
