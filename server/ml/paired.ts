import { erfc } from "./normal";

/**
 * McNemar's exact test of two models on the same images: `onlyFirst` images that only the first got right,
 * `onlySecond` that only the second did. Two-sided p = min(1, 2 · P(X ≤ min)) with X ~ Binomial(sum, ½).
 */
export function mcNemar(onlyFirst: number, onlySecond: number): number {
  const all = onlyFirst + onlySecond;
  let term = 0.5 ** all;
  // Past about a thousand images ½ⁿ underflows, so the sum runs on logarithms then.
  if (term === 0) return Math.min(1, 2 * Math.exp(logBinomialTail(Math.min(onlyFirst, onlySecond), all)));
  let tail = 0;
  for (let k = 0; k <= Math.min(onlyFirst, onlySecond); k++) {
    tail += term;
    term *= (all - k) / (k + 1);
  }
  return Math.min(1, 2 * tail);
}

export type AucComparison = {
  readonly first: number;
  readonly second: number;
  /** first − second */
  readonly difference: number;
  readonly standardError: number;
  /** Null when the difference has no variance, e.g. for one model against itself. */
  readonly z: number | null;
  /** Two-sided. */
  readonly p: number | null;
};

/**
 * DeLong's test of two AUCs on the same images (DeLong et al. 1988), by midranks as Sun and Xu 2014 compute
 * it. `positive` is 1 or 0 per image. Null unless there are two images of either kind at least.
 */
export function deLong(
  positive: Uint8Array,
  first: Float32Array | Float64Array,
  second: Float32Array | Float64Array,
): AucComparison | null {
  const a = components(positive, first);
  const b = components(positive, second);
  if (!a || !b) return null;
  const covariance = (x: Components, y: Components) =>
    sampleCovariance(x.ofPositives, y.ofPositives) / x.ofPositives.length +
    sampleCovariance(x.ofNegatives, y.ofNegatives) / x.ofNegatives.length;
  const variance = Math.max(covariance(a, a) + covariance(b, b) - 2 * covariance(a, b), 0);
  const difference = a.auc - b.auc;
  const standardError = Math.sqrt(variance);
  const z = standardError > 0 ? difference / standardError : null;
  const p = z === null ? null : erfc(Math.abs(z) / Math.SQRT2);
  return { first: a.auc, second: b.auc, difference, standardError, z, p };
}

/** DeLong's standard error of one AUC; null as in {@link deLong}. */
export function aucStandardError(positive: Uint8Array, scores: Float32Array | Float64Array): number | null {
  const own = components(positive, scores);
  if (!own) return null;
  const { ofPositives, ofNegatives } = own;
  return Math.sqrt(
    sampleCovariance(ofPositives, ofPositives) / ofPositives.length +
      sampleCovariance(ofNegatives, ofNegatives) / ofNegatives.length,
  );
}

/** For each positive the share of negatives below it, for each negative the share of positives above it. */
type Components = {
  readonly auc: number;
  readonly ofPositives: Float64Array;
  readonly ofNegatives: Float64Array;
};

function components(positive: Uint8Array, scores: Float32Array | Float64Array): Components | null {
  const above = Float64Array.from(scores.filter((_, i) => positive[i] === 1));
  const below = Float64Array.from(scores.filter((_, i) => positive[i] !== 1));
  const [m, n] = [above.length, below.length];
  if (m < 2 || n < 2) return null;
  const together = midranks(Float64Array.of(...above, ...below));
  const among = { above: midranks(above), below: midranks(below) };
  const ofPositives = above.map((_, i) => ((together[i] ?? 0) - (among.above[i] ?? 0)) / n);
  const ofNegatives = below.map((_, j) => 1 - ((together[m + j] ?? 0) - (among.below[j] ?? 0)) / m);
  return { auc: ofPositives.reduce((sum, share) => sum + share, 0) / m, ofPositives, ofNegatives };
}

/** Ranks from 1, equal values sharing the mean of theirs. */
function midranks(values: Float64Array): Float64Array {
  const order = Int32Array.from(values, (_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0]) to++;
    for (const image of order.subarray(from, to)) ranks[image] = (from + to + 1) / 2;
    from = to;
  }
  return ranks;
}

function sampleCovariance(x: Float64Array, y: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  return x.reduce((sum, value, i) => sum + (value - meanX) * ((y[i] ?? 0) - meanY), 0) / (x.length - 1);
}

function logBinomialTail(most: number, all: number): number {
  let log = -all * Math.LN2;
  let sum = 0;
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k <= most; k++) {
    const next = Math.max(largest, log);
    sum = sum * Math.exp(largest - next) + Math.exp(log - next);
    largest = next;
    log += Math.log((all - k) / (k + 1));
  }
  return largest + Math.log(sum);
}
