import type { LabelState } from "./states";

/**
 * What reads of a study agree on of one finding: what more than half of them say; failing that, negative where
 * none says positive or uncertain, else uncertain. The same as `consensus_labels` in the database (migration
 * `reading_in_the_database`), which the current labels follow.
 */
export function consensusOf(states: readonly LabelState[]): LabelState {
  const most = states.find((state) => 2 * states.filter((other) => other === state).length > states.length);
  if (most !== undefined) return most;
  return states.some((state) => state === "positive" || state === "uncertain") ? "uncertain" : "negative";
}
