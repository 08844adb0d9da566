import { type Interval, patientIntervals } from "./bootstrap";
import { rank, rocAuc } from "./curves";
import { fitLogistic, logOdds } from "./logistic";

/** Each image in one fold, so that it is judged by a model that never saw its patient. */
export type Folds = { readonly of: Uint8Array; readonly count: number };

/** A figure with its 95% interval from a bootstrap over patients. */
export type Estimate = Interval & { readonly value: number | null };

/**
 * The score that each image gets from a logistic regression fitted on all folds but its own.
 * @param features [n, width]
 * @param positive 1 or 0 per image
 */
export function outOfFoldScores(
  features: Float64Array,
  width: number,
  positive: Uint8Array,
  folds: Folds,
): Float64Array {
  const scores = new Float64Array(positive.length);
  for (let own = 0; own < folds.count; own++) {
    const model = fitLogistic(features, width, positive, foldRows(folds, own).others);
    const odds = logOdds(model, features, width);
    for (const row of foldRows(folds, own).own) scores[row] = odds[row] ?? 0;
  }
  return scores;
}

/** The images of a fold, and all others. */
export function foldRows({ of }: Folds, fold: number): { readonly own: number[]; readonly others: number[] } {
  const rows = Array.from(of.keys());
  return { own: rows.filter((row) => of[row] === fold), others: rows.filter((row) => of[row] !== fold) };
}

/**
 * AUCs of out-of-fold scores, and how much less each is than the first, on the same draws of patients.
 * An AUC is the mean over folds, as scikit-learn's `cross_val_score` has it: the scores of two folds come from
 * two models and are not to be compared.
 * @param scores one or more sets, each with one score an image
 * @param groups patient of each image
 */
export function foldedAucs(
  scores: readonly Float64Array[],
  positive: Uint8Array,
  folds: Folds,
  { groups, seed, draws }: { readonly groups: Int32Array; readonly seed: number; readonly draws?: number },
): { readonly aucs: readonly Estimate[]; readonly lost: readonly Estimate[] } {
  const sets = scores.map((own) => meanAuc(own, positive, folds));
  const statistics = (weights: Float64Array): Record<string, number | null> => {
    const aucs = sets.map((auc) => auc(weights));
    const [first = null] = aucs;
    const lost = aucs.map((auc) => (auc === null || first === null ? null : first - auc));
    return Object.fromEntries(
      aucs.flatMap((auc, at) => [
        [`auc ${at}`, auc],
        [`lost ${at}`, lost[at] ?? null],
      ]),
    );
  };
  const values = statistics(new Float64Array(positive.length).fill(1));
  const intervals = patientIntervals({ groups, seed, draws, statistics });
  const of = (name: string): Estimate => ({
    value: values[name] ?? null,
    ...(intervals[name] ?? { low: null, high: null, skipped: 0 }),
  });
  return { aucs: sets.map((_, at) => of(`auc ${at}`)), lost: sets.map((_, at) => of(`lost ${at}`)) };
}

function meanAuc(scores: Float64Array, positive: Uint8Array, folds: Folds) {
  const rankings = Array.from({ length: folds.count }, (_, fold) => {
    const rows = foldRows(folds, fold).own;
    const own = Float64Array.from(rows, (row) => scores[row] ?? 0);
    return {
      rows,
      ranking: rank(
        Uint8Array.from(rows, (row) => positive[row] ?? 0),
        own,
      ),
    };
  });
  return (weights: Float64Array): number | null => {
    const aucs = rankings.flatMap(({ rows, ranking }) => {
      const auc = rocAuc(
        ranking,
        Float64Array.from(rows, (row) => weights[row] ?? 0),
      );
      return auc === null ? [] : [auc];
    });
    return aucs.length > 0 ? aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length : null;
  };
}
