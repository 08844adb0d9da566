import { largestAt } from "./largest";

/** Probabilities with the true class of each image. */
export type Probabilities = {
  readonly labels: Int32Array; // [n]
  readonly probabilities: Float32Array | Float64Array; // [n, classes]
  readonly classes: number;
};

/**
 * What each image adds to Brier's score: (p − y)² of one class for two classes, the sum over the classes for
 * more (as scikit-learn scales them). Its weighted mean is the score.
 */
export function brierTerms({ labels, probabilities, classes }: Probabilities): Float64Array {
  return Float64Array.from(labels, (label, row) => {
    let sum = 0;
    for (let own = 0; own < classes; own++) {
      sum += ((probabilities[row * classes + own] ?? 0) - Number(own === label)) ** 2;
    }
    return classes === 2 ? sum / 2 : sum;
  });
}

/** What each image adds to the log loss: −ln of its class's probability, kept finite by float64's epsilon. */
export function logLossTerms({ labels, probabilities, classes }: Probabilities): Float64Array {
  return Float64Array.from(labels, (label, row) => {
    return -Math.log(Math.min(Math.max(probabilities[row * classes + label] ?? 0, Number.EPSILON), 1));
  });
}

/** The mean of an image's terms, each once or with its weight; null when nothing counts. */
export function weightedMean(terms: Float64Array, weights?: Float64Array): number | null {
  let [sum, whole] = [0, 0];
  for (let i = 0; i < terms.length; i++) {
    const weight = weights ? (weights[i] ?? 0) : 1;
    sum += weight * (terms[i] ?? 0);
    whole += weight;
  }
  return whole > 0 ? sum / whole : null;
}

export type ReliabilityBin = {
  readonly from: number;
  readonly to: number;
  /** Images (or weight) whose largest probability is in (from, to]. */
  readonly count: number;
  /** Means over them; null in an empty bin. */
  readonly confidence: number | null;
  readonly accuracy: number | null;
};

/** Confidence against accuracy in 15 equal bins of the largest probability (Guo et al. 2017). */
export function reliability(scored: Probabilities, weights?: Float64Array): ReliabilityBin[] {
  const sums = new Float64Array(bins * 3);
  const { confidence, right } = topLabel(scored);
  for (let row = 0; row < confidence.length; row++) {
    const weight = weights ? (weights[row] ?? 0) : 1;
    const at = 3 * Math.min(Math.max(Math.ceil((confidence[row] ?? 0) * bins) - 1, 0), bins - 1);
    sums[at] = (sums[at] ?? 0) + weight;
    sums[at + 1] = (sums[at + 1] ?? 0) + weight * (confidence[row] ?? 0);
    sums[at + 2] = (sums[at + 2] ?? 0) + weight * (right[row] ?? 0);
  }
  return Array.from({ length: bins }, (_, bin) => {
    const [count = 0, confident = 0, correct = 0] = sums.subarray(bin * 3, bin * 3 + 3);
    return {
      from: bin / bins,
      to: (bin + 1) / bins,
      count,
      confidence: count > 0 ? confident / count : null,
      accuracy: count > 0 ? correct / count : null,
    };
  });
}

/** Expected calibration error: the bins' |accuracy − confidence|, weighted by their images; null for none. */
export function calibrationError(curve: readonly ReliabilityBin[]): number | null {
  const all = curve.reduce((sum, { count }) => sum + count, 0);
  const gaps = curve.map((bin) => bin.count * Math.abs((bin.accuracy ?? 0) - (bin.confidence ?? 0)));
  return all > 0 ? gaps.reduce((sum, gap) => sum + gap, 0) / all : null;
}

const bins = 15;

function topLabel({ labels, probabilities, classes }: Probabilities) {
  const confidence = new Float64Array(labels.length);
  const right = new Uint8Array(labels.length);
  labels.forEach((label, row) => {
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    const top = largestAt(own);
    confidence[row] = own[top] ?? 0;
    right[row] = Number(top === label);
  });
  return { confidence, right };
}
