import { type Interval, patientIntervals } from "./bootstrap";
import {
  brierTerms,
  calibrationError,
  logLossTerms,
  type Probabilities,
  reliability,
  weightedMean,
} from "./calibration";
import { accuracy, balancedAccuracy, binaryRates, classReport, confusionMatrix, matthews } from "./confusion";
import { averagePrecision, rank, rocAuc } from "./curves";
import { largestAt } from "./largest";
import type { MetricName } from "./metric-names";

export type Scored = Probabilities & {
  /** Of two classes, the one that sensitivity and the curves are about. Default 1. */
  readonly positive?: number;
  /** Of two classes, the positive one is predicted from this probability on. Default ½. */
  readonly threshold?: number;
};

/** Null where a metric is not defined: no image of a class, none predicted; with more than two classes, the rates of a positive one. */
export type Metrics = Record<MetricName, number | null>;

/**
 * All metrics of a set of predictions, as a function of how often each image counts [n] (once when left out).
 * What does not depend on that is computed once, so that a bootstrap's draws are fast. With more than two
 * classes F1 is the macro mean, AUC and average precision the mean of each class against the rest.
 */
export function metricsOf(scored: Scored): (weights?: Float64Array) => Metrics {
  const { labels, classes } = scored;
  const predicted = predictedClasses(scored);
  const positive = scored.positive ?? 1;
  const rankings = (classes === 2 ? [positive] : Array.from({ length: classes }, (_, own) => own)).map(
    (own) =>
      rank(
        Uint8Array.from(labels, (label) => Number(label === own)),
        column(scored, own),
      ),
  );
  const brier = brierTerms(scored);
  const logLoss = logLossTerms(scored);
  return (weights) => {
    const confusion = confusionMatrix(labels, predicted, classes, weights);
    const rates =
      classes === 2 ? binaryRates(confusion, positive) : { ...noRates, f1: classReport(confusion).macro.f1 };
    return {
      accuracy: accuracy(confusion),
      balancedAccuracy: balancedAccuracy(confusion),
      ...rates,
      auc: meanOfDefined(rankings.map((ranking) => rocAuc(ranking, weights))),
      averagePrecision: meanOfDefined(rankings.map((ranking) => averagePrecision(ranking, weights))),
      mcc: matthews(confusion),
      brier: weightedMean(brier, weights),
      logLoss: weightedMean(logLoss, weights),
      ece: calibrationError(reliability(scored, weights)),
    };
  };
}

/** Each metric with its 95% interval from a bootstrap over patients (`groups`: the patient of each image). */
export function metricsWithIntervals(
  scored: Scored,
  groups: Int32Array,
  { draws = 2000, seed }: { readonly draws?: number; readonly seed: number },
): Record<MetricName, Interval & { readonly value: number | null }> {
  const statistics = metricsOf(scored);
  const values = statistics();
  const intervals = patientIntervals({ groups, draws, seed, statistics });
  const of = (name: MetricName) => ({ value: values[name], ...intervals[name] });
  return {
    accuracy: of("accuracy"),
    balancedAccuracy: of("balancedAccuracy"),
    sensitivity: of("sensitivity"),
    specificity: of("specificity"),
    ppv: of("ppv"),
    npv: of("npv"),
    f1: of("f1"),
    auc: of("auc"),
    averagePrecision: of("averagePrecision"),
    mcc: of("mcc"),
    brier: of("brier"),
    logLoss: of("logLoss"),
    ece: of("ece"),
  };
}

/** The predicted class of each image: by the threshold for two classes, the most probable for more. */
export function predictedClasses({
  labels,
  probabilities,
  classes,
  positive = 1,
  threshold = 0.5,
}: Scored): Int32Array {
  return labels.map((_, row) => {
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    if (classes === 2) return (own[positive] ?? 0) >= threshold ? positive : 1 - positive;
    return largestAt(own);
  });
}

const noRates = { sensitivity: null, specificity: null, ppv: null, npv: null };

function column({ probabilities, classes, labels }: Probabilities, own: number): Float64Array {
  return Float64Array.from(labels, (_, row) => probabilities[row * classes + own] ?? 0);
}

function meanOfDefined(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null);
  return defined.length > 0 ? defined.reduce((sum, value) => sum + value, 0) / defined.length : null;
}
