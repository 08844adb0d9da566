/** Images by falling score, sorted once, so that a bootstrap's draws only sum. */
export type Ranking = {
  readonly order: Int32Array;
  /** 1 where the next image in the order has another score. */
  readonly last: Uint8Array;
  /** 1 for a positive image, in the images' own order. */
  readonly positive: Uint8Array;
  readonly scores: Float32Array | Float64Array;
};

/** Ranks images for {@link rocAuc}, {@link averagePrecision} and the curves; `positive` is 1 or 0 per image. */
export function rank(positive: Uint8Array, scores: Float32Array | Float64Array): Ranking {
  const order = Int32Array.from({ length: scores.length }, (_, i) => i).sort(
    (a, b) => (scores[b] ?? 0) - (scores[a] ?? 0),
  );
  const last = Uint8Array.from(order, (own, i) => Number(scores[own] !== scores[order[i + 1] ?? -1]));
  return { order, last, positive, scores };
}

/**
 * Area under the ROC curve: the chance that a positive image outscores a negative one, ties counting half.
 * Null when either kind is missing. `weights` [n] count an image more than once or not at all.
 */
export function rocAuc(ranking: Ranking, weights?: Float64Array): number | null {
  let [truePositives, falsePositives, area, before] = [0, 0, 0, 0];
  eachThreshold(ranking, weights, (positives, negatives) => {
    area += (negatives - falsePositives) * (positives + before);
    [truePositives, falsePositives, before] = [positives, negatives, positives];
  });
  const pairs = truePositives * falsePositives;
  return pairs > 0 ? area / (2 * pairs) : null;
}

/**
 * Average precision as scikit-learn has it: Σ (Rₙ − Rₙ₋₁) · Pₙ over the thresholds, with no interpolation.
 * Null when no image is positive.
 */
export function averagePrecision(ranking: Ranking, weights?: Float64Array): number | null {
  let [sum, before] = [0, 0];
  eachThreshold(ranking, weights, (positives, negatives) => {
    if (positives > before) sum += ((positives - before) * positives) / (positives + negatives);
    before = positives;
  });
  return before > 0 ? sum / before : null;
}

export type RocPoint = {
  readonly threshold: number;
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
};
export type PrPoint = { readonly threshold: number; readonly recall: number; readonly precision: number };

/** The ROC curve from (0, 0), at threshold Infinity, to (1, 1); empty when either kind is missing. */
export function rocCurve(ranking: Ranking): RocPoint[] {
  const steps = countsByThreshold(ranking);
  const end = steps.at(-1);
  if (!end || end.positives === 0 || end.negatives === 0) return [];
  return [{ threshold: Number.POSITIVE_INFINITY, positives: 0, negatives: 0 }, ...steps].map(
    ({ threshold, positives, negatives }) => ({
      threshold,
      falsePositiveRate: negatives / end.negatives,
      truePositiveRate: positives / end.positives,
    }),
  );
}

/** Precision and recall from the highest threshold to the lowest; empty when no image is positive. */
export function prCurve(ranking: Ranking): PrPoint[] {
  const steps = countsByThreshold(ranking);
  const all = steps.at(-1)?.positives ?? 0;
  if (all === 0) return [];
  return steps.map(({ threshold, positives, negatives }) => ({
    threshold,
    recall: positives / all,
    precision: positives / (positives + negatives),
  }));
}

function countsByThreshold(ranking: Ranking): { threshold: number; positives: number; negatives: number }[] {
  const steps: { threshold: number; positives: number; negatives: number }[] = [];
  eachThreshold(ranking, undefined, (positives, negatives, threshold) => {
    steps.push({ threshold, positives, negatives });
  });
  return steps;
}

/** Visits each distinct score from the highest down, with what stands at or above it. */
function eachThreshold(
  { order, last, positive, scores }: Ranking,
  weights: Float64Array | undefined,
  visit: (positives: number, negatives: number, threshold: number) => void,
): void {
  let [positives, negatives] = [0, 0];
  for (let i = 0; i < order.length; i++) {
    const image = order[i] ?? 0;
    const weight = weights ? (weights[image] ?? 0) : 1;
    if (positive[image] === 1) positives += weight;
    else negatives += weight;
    if (last[i] === 1) visit(positives, negatives, scores[image] ?? 0);
  }
}
