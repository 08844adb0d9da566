import { type Interval, patientIntervals } from "@/server/ml/bootstrap";
import { accuracy, binaryRates, type Confusion, confusionMatrix } from "@/server/ml/confusion";
import type { CostRow, LeakCost } from "./schema";

export type TestPrediction = {
  readonly truth: number;
  readonly predicted: number;
  readonly patientId: number;
  readonly leaked: boolean;
};

const metrics = {
  sensitivity: (confusion: Confusion) => binaryRates(confusion, 0).sensitivity,
  specificity: (confusion: Confusion) => binaryRates(confusion, 0).specificity,
  accuracy,
} as const;
type MetricName = keyof typeof metrics;
type Statistic = `${MetricName} ${"leaked" | "clean" | "difference"}`;

/** Above this many test images fewer draws do: the intervals are narrow, and somebody waits for the page. */
const manyImages = 10_000;

/**
 * Sensitivity and specificity of the first class (accuracy alone, with more than two) on leaked and on clean
 * test images and their difference, each with a 95% interval from one bootstrap over patients. Null where one
 * of the two groups is empty.
 */
export function costOf(
  rows: readonly TestPrediction[],
  classes: readonly string[],
  seed: number,
): Omit<LeakCost, "run" | "network"> | null {
  const leaked = rows.filter((row) => row.leaked).length;
  if (leaked === 0 || leaked === rows.length) return null;
  const names: MetricName[] = classes.length === 2 ? ["sensitivity", "specificity"] : ["accuracy"];
  const columns = {
    truth: Int32Array.from(rows, (row) => row.truth),
    predicted: Int32Array.from(rows, (row) => row.predicted),
    leaked: Uint8Array.from(rows, (row) => (row.leaked ? 1 : 0)),
    classes: classes.length,
  };
  const statistics = (weights: Float64Array) => compare(columns, weights);
  const groups = Int32Array.from(rows, (row) => row.patientId);
  const draws = rows.length > manyImages ? 200 : 2000;
  const values = statistics(new Float64Array(rows.length).fill(1));
  const intervals = patientIntervals({ groups, draws, seed, statistics });
  return {
    leaked: { images: leaked, patients: patientsOf(rows, true) },
    clean: { images: rows.length - leaked, patients: patientsOf(rows, false) },
    rows: names.map((name) => rowOf(name, values, intervals)),
  };
}

type Columns = {
  readonly truth: Int32Array;
  readonly predicted: Int32Array;
  readonly leaked: Uint8Array;
  readonly classes: number;
};

function compare(columns: Columns, weights: Float64Array): Record<Statistic, number | null> {
  const among = (leaked: 0 | 1) => {
    const own = weights.map((weight, image) => (columns.leaked[image] === leaked ? weight : 0));
    return confusionMatrix(columns.truth, columns.predicted, columns.classes, own);
  };
  const [onLeaked, onClean] = [among(1), among(0)];
  const of = <Name extends MetricName>(name: Name) => {
    const [leaked, clean] = [metrics[name](onLeaked), metrics[name](onClean)];
    return { leaked, clean, difference: leaked === null || clean === null ? null : leaked - clean };
  };
  const [sensitivity, specificity, accurate] = [of("sensitivity"), of("specificity"), of("accuracy")];
  return {
    "sensitivity leaked": sensitivity.leaked,
    "sensitivity clean": sensitivity.clean,
    "sensitivity difference": sensitivity.difference,
    "specificity leaked": specificity.leaked,
    "specificity clean": specificity.clean,
    "specificity difference": specificity.difference,
    "accuracy leaked": accurate.leaked,
    "accuracy clean": accurate.clean,
    "accuracy difference": accurate.difference,
  };
}

function rowOf(
  name: MetricName,
  values: Record<Statistic, number | null>,
  intervals: Record<Statistic, Interval>,
): CostRow {
  const of = (which: "leaked" | "clean" | "difference") => {
    const { low, high } = intervals[`${name} ${which}`];
    return { value: values[`${name} ${which}`], low, high };
  };
  const difference = of("difference");
  const { low, high } = difference;
  const beyondNoise = low === null || high === null ? null : low > 0 || high < 0;
  return { metric: name, leaked: of("leaked"), clean: of("clean"), difference, beyondNoise };
}

function patientsOf(rows: readonly TestPrediction[], leaked: boolean): number {
  return new Set(rows.filter((row) => row.leaked === leaked).map((row) => row.patientId)).size;
}
