import { rank, rocAuc } from "./curves";
import { noRating } from "./ratings";

/** Studies of which both the reference and the one who is held against it have an answer. */
export type Paired = {
  /** Places among all studies. */
  readonly studies: Int32Array; // [pairs]
  readonly truth: Uint8Array; // [pairs] 1 yes, 0 no
  readonly answer: Uint8Array; // [pairs]
};

/** Null where a rate has nothing to be a share of. */
export type Rates = {
  readonly sensitivity: number | null;
  readonly specificity: number | null;
  readonly f1: number | null;
};

/** Pairs the answers of both [studies]; `noRating` on either side leaves a study out. */
export function pairedWith(reference: Int8Array, answers: Int8Array): Paired {
  const studies = Int32Array.from(answers.keys()).filter(
    (study) => reference[study] !== noRating && answers[study] !== noRating,
  );
  return {
    studies,
    truth: Uint8Array.from(studies, (study) => reference[study] ?? 0),
    answer: Uint8Array.from(studies, (study) => answers[study] ?? 0),
  };
}

/** How often studies of each kind stand in the pairs; `weights` [all studies] count them more than once or not. */
export function pairCounts({ studies, truth, answer }: Paired, weights?: Float64Array) {
  const counts = [0, 0, 0, 0];
  for (let pair = 0; pair < studies.length; pair++) {
    const kind = 2 * (truth[pair] ?? 0) + (answer[pair] ?? 0);
    counts[kind] = (counts[kind] ?? 0) + (weights ? (weights[studies[pair] ?? 0] ?? 0) : 1);
  }
  const [passed = 0, falseAlarms = 0, missed = 0, hits = 0] = counts;
  return { passed, falseAlarms, missed, hits };
}

/** Sensitivity, specificity and F1 of the answers, yes being the positive side. */
export function ratesAgainst(paired: Paired, weights?: Float64Array): Rates {
  const { passed, falseAlarms, missed, hits } = pairCounts(paired, weights);
  return {
    sensitivity: share(hits, hits + missed),
    specificity: share(passed, passed + falseAlarms),
    f1: share(2 * hits, 2 * hits + missed + falseAlarms),
  };
}

/** Area under the ROC curve of scores [pairs], as a function of how often each study counts [all studies]. */
export function aucAgainst({ studies, truth }: Paired, scores: Float64Array) {
  const ranking = rank(truth, scores);
  return (weights?: Float64Array) =>
    rocAuc(ranking, weights && Float64Array.from(studies, (study) => weights[study] ?? 0));
}

function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
