/** Binary results as columns, for everything that moves with the threshold; no engine is needed for it. */
export type Scores = {
  /** Probability of the positive class, 0 to 1. */
  readonly scores: readonly number[];
  /** 1 where the image is truly positive. */
  readonly truths: readonly number[];
};

export type Counts = { readonly tp: number; readonly fn: number; readonly fp: number; readonly tn: number };

/** Confusion counts when everything at or above `threshold` is called positive. */
export function countsAt({ scores, truths }: Scores, threshold: number): Counts {
  let [tp, fn, fp, tn] = [0, 0, 0, 0];
  scores.forEach((score, at) => {
    const called = score >= threshold;
    if (truths[at] === 1) called ? tp++ : fn++;
    else called ? fp++ : tn++;
  });
  return { tp, fn, fp, tn };
}

/** The rates of a confusion, each null where its denominator is empty. */
export function ratesOf({ tp, fn, fp, tn }: Counts) {
  return {
    accuracy: ratio(tp + tn, tp + fn + fp + tn),
    sensitivity: ratio(tp, tp + fn),
    specificity: ratio(tn, tn + fp),
    ppv: ratio(tp, tp + fp),
    npv: ratio(tn, tn + fn),
    f1: ratio(2 * tp, 2 * tp + fp + fn),
  };
}

/** A point per distinct score: the operating point when that score is the threshold. */
export type CurvePoint = Counts & { readonly threshold: number };

/**
 * The operating points of all thresholds, from "nothing is positive" (threshold just above the largest score,
 * here Infinity) to "all is". Equal scores move together.
 */
export function curveOf({ scores, truths }: Scores): CurvePoint[] {
  const order = scores.map((_, at) => at).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const positives = truths.reduce((sum, truth) => sum + truth, 0);
  const negatives = truths.length - positives;
  let [tp, fp] = [0, 0];
  const points: CurvePoint[] = [
    { threshold: Number.POSITIVE_INFINITY, tp: 0, fn: positives, fp: 0, tn: negatives },
  ];
  order.forEach((at, place) => {
    if (truths[at] === 1) tp++;
    else fp++;
    const threshold = scores[at] ?? 0;
    if (scores[order[place + 1] ?? -1] === threshold) return;
    points.push({ threshold, tp, fn: positives - tp, fp, tn: negatives - fp });
  });
  return points;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
