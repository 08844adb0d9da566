/** Counts (or weights) of images by true and predicted class. */
export type Confusion = {
  readonly classes: number;
  readonly counts: Float64Array; // [true class, predicted class]
};

/** Counts images, each once or with its weight [n], by true class and predicted class. */
export function confusionMatrix(
  labels: Int32Array,
  predicted: Int32Array,
  classes: number,
  weights?: Float64Array,
): Confusion {
  const counts = new Float64Array(classes * classes);
  for (let i = 0; i < labels.length; i++) {
    const cell = (labels[i] ?? 0) * classes + (predicted[i] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + (weights ? (weights[i] ?? 0) : 1);
  }
  return { classes, counts };
}

export type ClassScores = {
  /** Null when the class was never predicted. */
  readonly precision: number | null;
  /** Null when there is no image of the class. */
  readonly recall: number | null;
  readonly f1: number | null;
  /** Images of the class. */
  readonly support: number;
};

export type ClassReport = {
  readonly perClass: readonly ClassScores[];
  /** Means over the classes where each is defined (scikit-learn with zero_division=nan). */
  readonly macro: ClassScores;
  /** The same weighted by support. */
  readonly weighted: ClassScores;
};

/** Precision, recall, F1 and support of each class, and their means. */
export function classReport(confusion: Confusion): ClassReport {
  const perClass = Array.from({ length: confusion.classes }, (_, own): ClassScores => {
    const { hit, missed, wrong } = against(confusion, own);
    return {
      precision: ratio(hit, hit + wrong),
      recall: ratio(hit, hit + missed),
      f1: ratio(2 * hit, 2 * hit + missed + wrong),
      support: hit + missed,
    };
  });
  return { perClass, macro: mean(perClass, () => 1), weighted: mean(perClass, ({ support }) => support) };
}

export type BinaryRates = {
  readonly sensitivity: number | null;
  readonly specificity: number | null;
  readonly ppv: number | null;
  readonly npv: number | null;
  readonly f1: number | null;
};

/** Rates of one class against all others. */
export function binaryRates(confusion: Confusion, positive: number): BinaryRates {
  const { hit, missed, wrong, passed } = against(confusion, positive);
  return {
    sensitivity: ratio(hit, hit + missed),
    specificity: ratio(passed, passed + wrong),
    ppv: ratio(hit, hit + wrong),
    npv: ratio(passed, passed + missed),
    f1: ratio(2 * hit, 2 * hit + missed + wrong),
  };
}

/** Share of images on the diagonal. */
export function accuracy(confusion: Confusion): number | null {
  return ratio(trace(confusion), total(confusion));
}

/** Mean recall over the classes that have images. */
export function balancedAccuracy(confusion: Confusion): number | null {
  return classReport(confusion).macro.recall;
}

/** Matthews' correlation, for any number of classes (Gorodkin 2004); null when a side has one class only. */
export function matthews(confusion: Confusion): number | null {
  const all = total(confusion);
  let [products, truths, predictions] = [0, 0, 0];
  for (let own = 0; own < confusion.classes; own++) {
    const { hit, missed, wrong } = against(confusion, own);
    products += (hit + missed) * (hit + wrong);
    truths += (hit + missed) ** 2;
    predictions += (hit + wrong) ** 2;
  }
  const scale = Math.sqrt((all ** 2 - truths) * (all ** 2 - predictions));
  return ratio(trace(confusion) * all - products, scale);
}

function against({ classes, counts }: Confusion, own: number) {
  let [missed, wrong, all] = [0, 0, 0];
  for (let other = 0; other < classes; other++) {
    for (let predicted = 0; predicted < classes; predicted++) all += counts[other * classes + predicted] ?? 0;
    if (other === own) continue;
    missed += counts[own * classes + other] ?? 0;
    wrong += counts[other * classes + own] ?? 0;
  }
  const hit = counts[own * classes + own] ?? 0;
  return { hit, missed, wrong, passed: all - hit - missed - wrong };
}

function trace({ classes, counts }: Confusion): number {
  return Array.from({ length: classes }, (_, own) => counts[own * classes + own] ?? 0).reduce(
    (a, b) => a + b,
    0,
  );
}

function total({ counts }: Confusion): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

function mean(perClass: readonly ClassScores[], weight: (scores: ClassScores) => number): ClassScores {
  const over = (pick: (scores: ClassScores) => number | null) => {
    const defined = perClass.flatMap((scores) => {
      const value = pick(scores);
      return value === null ? [] : [{ value, weight: weight(scores) }];
    });
    return ratio(
      defined.reduce((sum, entry) => sum + entry.value * entry.weight, 0),
      defined.reduce((sum, entry) => sum + entry.weight, 0),
    );
  };
  return {
    precision: over((scores) => scores.precision),
    recall: over((scores) => scores.recall),
    f1: over((scores) => scores.f1),
    support: perClass.reduce((sum, { support }) => sum + support, 0),
  };
}
