import type { LabelState } from "@/server/labels/states";
import {
  aucAgainst,
  type Paired,
  pairCounts,
  pairedWith,
  type Rates,
  ratesAgainst,
} from "@/server/ml/against-reference";
import { patientIntervals } from "@/server/ml/bootstrap";
import { type RocPoint, rank, rocCurve } from "@/server/ml/curves";
import { noRating } from "@/server/ml/ratings";
import type { Figure } from "./agreement-figures";
import { type AgreementReader, answersOf, type WorklistReads } from "./agreement-reads";
import { type ReferenceName, referenceStates } from "./reference-standard";

type AnswerOf = Readonly<Record<LabelState, number>>;

/** How somebody's answers of one finding stand against the reference. */
export type RatesRow = {
  /** Studies with an answer on both sides, and how many of them the reference says yes of. */
  readonly n: number;
  readonly yes: number;
  readonly sensitivity: Figure;
  readonly specificity: Figure;
  readonly f1: Figure;
};
export type ReaderRates = RatesRow & { readonly reader: AgreementReader };
export type ModelRates = RatesRow & {
  readonly threshold: number;
  readonly auc: Figure;
  /** From (0, 0) to (1, 1); empty where the reference says only one thing. */
  readonly curve: readonly RocPoint[];
};

type Asked = {
  readonly position: number;
  readonly answerOf: AnswerOf;
  readonly reference: ReferenceName;
  /** What the model gives each study, and from where on that is a yes. */
  readonly model: { readonly scores: ReadonlyMap<number, number>; readonly threshold: number } | null;
  readonly draws: number;
  readonly seed: number;
};

/**
 * Every reader, and a model beside them, against the reference of one finding, with 95% intervals by the same
 * draws of patients.
 */
export function ratesOfReaders(
  reads: WorklistReads,
  { position, answerOf, reference, model, draws, seed }: Asked,
): { readers: ReaderRates[]; model: ModelRates | null } {
  const { readers } = reads;
  const answers = answersOf(reads, position, answerOf).values;
  const truthWithout = (column?: number) => asAnswers(referenceStates(reads, position, column), answerOf);
  const ofAll = truthWithout();
  const pairs = readers.map((_, column) =>
    pairedWith(
      reference === "others" ? truthWithout(column) : ofAll,
      Int8Array.from(reads.studies, (_, study) => answers[study * readers.length + column] ?? noRating),
    ),
  );
  const machine = model ? machineOf(reads, ofAll, model) : null;
  const everybody = machine ? [...pairs, machine.pair] : pairs;
  const intervals = patientIntervals({
    groups: reads.patients,
    draws,
    seed,
    statistics: (weights) => {
      const all: Record<string, number | null> = { auc: machine?.auc(weights) ?? null };
      for (const [at, pair] of everybody.entries()) {
        const { sensitivity, specificity, f1 } = ratesAgainst(pair, weights);
        all[`sensitivity ${at}`] = sensitivity;
        all[`specificity ${at}`] = specificity;
        all[`f1 ${at}`] = f1;
      }
      return all;
    },
  });
  const figure = (value: number | null, name: string, reason: string): Figure =>
    value === null
      ? { value, low: null, high: null, reason }
      : { value, low: intervals[name]?.low ?? null, high: intervals[name]?.high ?? null, reason: null };
  const rowOf = (pair: Paired, at: number): RatesRow => {
    const { hits, missed } = pairCounts(pair);
    const rates: Rates = ratesAgainst(pair);
    return {
      n: pair.studies.length,
      yes: hits + missed,
      sensitivity: figure(rates.sensitivity, `sensitivity ${at}`, "The reference says yes of no study."),
      specificity: figure(rates.specificity, `specificity ${at}`, "The reference says no of no study."),
      f1: figure(rates.f1, `f1 ${at}`, "Neither side says yes of a study."),
    };
  };
  return {
    readers: readers.map((reader, at) => ({ reader, ...rowOf(pairs[at] ?? nobody, at) })),
    model: machine && {
      ...rowOf(machine.pair, pairs.length),
      threshold: machine.threshold,
      auc: figure(machine.auc(), "auc", "The reference says only one thing."),
      curve: rocCurve(rank(machine.pair.truth, machine.scores)),
    },
  };
}

const nobody: Paired = { studies: new Int32Array(), truth: new Uint8Array(), answer: new Uint8Array() };

function asAnswers(states: readonly (LabelState | null)[], answerOf: AnswerOf): Int8Array {
  return Int8Array.from(states, (state) => (state === null ? noRating : answerOf[state]));
}

function machineOf(
  { studies }: WorklistReads,
  truth: Int8Array,
  { scores, threshold }: NonNullable<Asked["model"]>,
) {
  const answers = Int8Array.from(studies, (study) => {
    const score = scores.get(study);
    return score === undefined ? noRating : Number(score >= threshold);
  });
  const pair = pairedWith(truth, answers);
  const given = Float64Array.from(pair.studies, (study) => scores.get(studies[study] ?? 0) ?? 0);
  return { pair, threshold, scores: given, auc: aucAgainst(pair, given) };
}
