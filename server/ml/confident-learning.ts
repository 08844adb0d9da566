/** Probabilities that were predicted for images which the model was not trained on, and the labels that they have. */
export type Predicted = {
  /** [images, classes], row by row. */
  readonly probabilities: Float32Array | Float64Array;
  /** Given class per image. */
  readonly labels: ArrayLike<number>;
  readonly classes: number;
};

/** Probability of the given class, or how far it is ahead of the likeliest other: (p − max other + 1) ÷ 2. */
export type LabelScore = "self-confidence" | "normalized-margin";

/** An image whose label is likely wrong. */
export type LabelError = {
  /** Row of the image. */
  readonly at: number;
  readonly given: number;
  /** The class that it is confidently taken for. */
  readonly suggested: number;
  /** 0 to 1; the lower, the likelier wrong. */
  readonly score: number;
};

export type ConfidentLearning = {
  /** Per class the mean probability of the images that are labelled so; null for a class without an image. */
  readonly thresholds: readonly (number | null)[];
  /** [given, true]: images that are confidently of a class. Others are in no cell. */
  readonly counts: readonly (readonly number[])[];
  /** The likeliest first. */
  readonly errors: readonly LabelError[];
};

/**
 * Label errors by confident learning: an image whose probability for another class reaches what is usual among that
 * class's own images is counted as that class, and is an error where its own class is not the likeliest anyway.
 * What `cleanlab` 2.9 does with `filter_by="confident_learning"`.
 * Source: Northcutt, Jiang, Chuang: Confident Learning, JAIR 70 (2021), sections 3.1 and 3.2.
 */
export function confidentLearning(predicted: Predicted, score: LabelScore): ConfidentLearning {
  const { labels, classes } = predicted;
  const thresholds = confidentThresholds(predicted);
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const errors: LabelError[] = [];
  for (let at = 0; at < labels.length; at++) {
    const given = labels[at] ?? 0;
    const suggested = confidentClass(predicted, at, thresholds);
    const row = counts[given];
    if (suggested === null || row === undefined) continue;
    row[suggested] = (row[suggested] ?? 0) + 1;
    if (suggested === given || isLikeliest(predicted, at, given)) continue;
    errors.push({ at, given, suggested, score: scoreOf(predicted, at, given, score) });
  }
  errors.sort((a, b) => a.score - b.score || a.at - b.at);
  return { thresholds, counts, errors };
}

/** cleanlab's slack, so that one image alone reaches the mean of its class; no threshold lies below twice that. */
const slack = 1e-6;

function confidentThresholds({ probabilities, labels, classes }: Predicted): (number | null)[] {
  const sums = new Float64Array(classes);
  const images = new Float64Array(classes);
  for (let at = 0; at < labels.length; at++) {
    const given = labels[at] ?? 0;
    sums[given] = (sums[given] ?? 0) + (probabilities[at * classes + given] ?? 0);
    images[given] = (images[given] ?? 0) + 1;
  }
  return Array.from(sums, (sum, own) => {
    const all = images[own] ?? 0;
    return all === 0 ? null : Math.max(sum / all, 2 * slack);
  });
}

/** Of the classes whose threshold is reached the likeliest; null where none is. */
function confidentClass(
  { probabilities, classes }: Predicted,
  at: number,
  thresholds: readonly (number | null)[],
): number | null {
  let [likeliest, reached, only] = [0, 0, 0];
  for (let own = 0; own < classes; own++) {
    const probability = probabilities[at * classes + own] ?? 0;
    if (probability > (probabilities[at * classes + likeliest] ?? 0)) likeliest = own;
    const threshold = thresholds[own] ?? null;
    if (threshold === null || probability < threshold - slack) continue;
    reached += 1;
    only = own;
  }
  // With several, cleanlab takes the likeliest of all classes.
  return reached === 0 ? null : reached === 1 ? only : likeliest;
}

function isLikeliest({ probabilities, classes }: Predicted, at: number, given: number): boolean {
  const of = (own: number) => (probabilities[at * classes + own] ?? 0) + (own === given ? slack : 0);
  for (let own = 0; own < classes; own++) {
    // Of equals numpy's argmax is the first.
    if (of(own) > of(given) || (own < given && of(own) === of(given))) return false;
  }
  return true;
}

function scoreOf(
  { probabilities, classes }: Predicted,
  at: number,
  given: number,
  score: LabelScore,
): number {
  const own = probabilities[at * classes + given] ?? 0;
  if (score === "self-confidence") return own;
  let other = 0;
  for (let one = 0; one < classes; one++) {
    if (one !== given) other = Math.max(other, probabilities[at * classes + one] ?? 0);
  }
  return (own - other + 1) / 2;
}
