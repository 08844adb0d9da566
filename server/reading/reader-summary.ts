import type { LabelState } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import { patientIntervals, quantile } from "@/server/ml/bootstrap";
import { noRating } from "@/server/ml/ratings";
import type { Figure } from "./agreement-figures";
import { type AgreementReader, answersOf, type WorklistReads } from "./agreement-reads";
import { referenceStates } from "./reference-standard";

/** How often somebody says yes. */
export type YesRate = { readonly yes: number; readonly answers: number };

export type ReaderSummary = {
  readonly reader: AgreementReader;
  readonly reads: number;
  /** Active time per study; null where none is known. */
  readonly medianSeconds: number | null;
  /** Share of all answers that are the consensus's, and of the yes on either side how much is said by both. */
  readonly sameAsConsensus: Figure;
  readonly sameYes: Figure;
  /** Per finding, in the vocabulary's display order. */
  readonly yes: readonly YesRate[];
  /** The same of all other readers together. */
  readonly yesOfOthers: readonly YesRate[];
};

/** What can be said of each reader: pace, agreement with the consensus, how often she says yes beside the others. */
export function readerSummaries(
  reads: WorklistReads,
  findings: readonly Finding[],
  answerOf: Readonly<Record<LabelState, number>>,
  { draws, seed }: { readonly draws: number; readonly seed: number },
): ReaderSummary[] {
  const { readers } = reads;
  const answers = findings.map(({ position }) => answersOf(reads, position, answerOf).values);
  const truths = findings.map(({ position }) =>
    Int8Array.from(referenceStates(reads, position), (state) =>
      state === null ? noRating : answerOf[state],
    ),
  );
  const cells = readers.map((_, column) => cellsOf(reads, column, answers, truths));
  const intervals = patientIntervals({
    groups: reads.patients,
    draws,
    seed,
    statistics: (weights) => {
      const all: Record<string, number | null> = {};
      for (const [at, own] of cells.entries()) {
        all[`same ${at}`] = sameOf(own, weights);
        all[`yes ${at}`] = sameYesOf(own, weights);
      }
      return all;
    },
  });
  const figure = (value: number | null, name: string, reason: string): Figure =>
    value === null
      ? { value, low: null, high: null, reason }
      : { value, low: intervals[name]?.low ?? null, high: intervals[name]?.high ?? null, reason: null };
  const yes = readers.map((_, column) =>
    answers.map((values) => yesRate(values, readers.length, (other) => other === column)),
  );
  const yesOfOthers = readers.map((_, column) =>
    answers.map((values) => yesRate(values, readers.length, (other) => other !== column)),
  );
  return readers.map((reader, at) => {
    const own = cells[at];
    return {
      reader,
      reads: readsOf(reads, at),
      medianSeconds: medianSeconds(reads, at),
      sameAsConsensus: figure(own ? sameOf(own) : null, `same ${at}`, "No study of hers has a consensus."),
      sameYes: figure(own ? sameYesOf(own) : null, `yes ${at}`, "Neither side says yes."),
      yes: yes[at] ?? [],
      yesOfOthers: yesOfOthers[at] ?? [],
    };
  });
}

/** Of each study, how many answers are the same, how many yes on both sides, on one. */
type Cells = {
  readonly answers: Float64Array;
  readonly same: Float64Array;
  readonly both: Float64Array;
  readonly one: Float64Array;
};

function cellsOf(
  { studies, readers }: WorklistReads,
  column: number,
  answers: readonly Int8Array[],
  truths: readonly Int8Array[],
): Cells {
  const cells: Cells = {
    answers: new Float64Array(studies.length),
    same: new Float64Array(studies.length),
    both: new Float64Array(studies.length),
    one: new Float64Array(studies.length),
  };
  const add = (to: Float64Array, study: number) => {
    to[study] = (to[study] ?? 0) + 1;
  };
  for (const [finding, values] of answers.entries()) {
    const truth = truths[finding];
    for (let study = 0; study < studies.length; study++) {
      const [own, held] = [values[study * readers.length + column], truth?.[study]];
      if (own === undefined || held === undefined || own === noRating || held === noRating) continue;
      add(cells.answers, study);
      if (own === held) add(cells.same, study);
      if (own === 1 && held === 1) add(cells.both, study);
      else if (own === 1 || held === 1) add(cells.one, study);
    }
  }
  return cells;
}

function sameOf({ same, answers }: Cells, weights?: Float64Array): number | null {
  const all = sum(answers, weights);
  return all > 0 ? sum(same, weights) / all : null;
}

/** Positive agreement, 2a ÷ (2a + b + c) (Cicchetti and Feinstein 1990). */
function sameYesOf({ both, one }: Cells, weights?: Float64Array): number | null {
  const [agreed, disputed] = [2 * sum(both, weights), sum(one, weights)];
  return agreed + disputed > 0 ? agreed / (agreed + disputed) : null;
}

function sum(values: Float64Array, weights?: Float64Array): number {
  let total = 0;
  for (let at = 0; at < values.length; at++) total += (values[at] ?? 0) * (weights ? (weights[at] ?? 0) : 1);
  return total;
}

function yesRate(values: Int8Array, readers: number, counts: (column: number) => boolean): YesRate {
  let [yes, answers] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    if (!counts(at % readers) || values[at] === noRating) continue;
    answers += 1;
    if (values[at] === 1) yes += 1;
  }
  return { yes, answers };
}

function readsOf({ readers, labels }: WorklistReads, column: number): number {
  return labels.filter((read, at) => at % readers.length === column && read !== null).length;
}

function medianSeconds({ readers, activeMs }: WorklistReads, column: number): number | null {
  const known = activeMs.filter((ms, at) => at % readers.length === column && ms > 0);
  const median = quantile(Float64Array.from(known).sort(), 0.5);
  return median === null ? null : median / 1000;
}
