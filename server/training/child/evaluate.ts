import { setImmediate as nextTurn } from "node:timers/promises";
import { classReport, confusionMatrix } from "@/server/ml/confusion";
import { metricsWithIntervals, predictedClasses } from "@/server/ml/metrics";
import { deriveSeed } from "@/server/ml/random";
import { gatherLabels, gatherRows } from "@/server/ml/training/gather";
import {
  type MetricName,
  type MetricValue,
  metricNames,
  type PartMetrics,
  type RunMetrics,
  type SubgroupMetrics,
} from "../schema";
import { rowsOfPart } from "./parts";
import type { TaskEvent, TrainTask } from "./protocol";

const draws = 2_000;

type Context = { emit(event: TaskEvent): void; signal: AbortSignal };
type Slice = { labels: Int32Array; probabilities: Float32Array; patients: Int32Array };

/**
 * Metrics of every part with 95% intervals from a bootstrap over patients, and of the test part by dataset,
 * view, sex and whether the patient is in training too.
 */
export async function evaluate(
  task: TrainTask,
  probabilities: Float32Array,
  context: Context,
): Promise<RunMetrics> {
  // Without a sign, for the page; the generator takes the same bits either way.
  const seed = deriveSeed(task.configuration.training.seed, 1_000) >>> 0;
  const { images, classes } = task;
  const sliceOf = (rows: readonly number[]): Slice => ({
    labels: gatherLabels(images.label, rows),
    patients: gatherLabels(images.patient, rows),
    probabilities: gatherRows(probabilities, classes.length, rows),
  });
  const test = rowsOfPart(images, 2);
  const groups = subgroupsOf(task, test);
  const total = 3 + groups.length;
  let done = 0;
  const step = async () => {
    context.emit({ on: "progress", phase: "evaluation", done: done++, total });
    await nextTurn();
    context.signal.throwIfAborted();
  };
  const part = async (rows: readonly number[]) => {
    await step();
    return measure(sliceOf(rows), classes, seed);
  };
  const parts = {
    train: await part(rowsOfPart(images, 0)),
    validation: await part(rowsOfPart(images, 1)),
    test: await part(test),
  };
  const subgroups: SubgroupMetrics[] = [];
  for (const { by, value, rows } of groups) {
    await step();
    const { images: count, patients, metrics } = measure(sliceOf(rows), classes, seed);
    const { accuracy, sensitivity, specificity, auc } = metrics;
    subgroups.push({ by, value, images: count, patients, accuracy, sensitivity, specificity, auc });
  }
  return { bootstrap: { draws, seed, groups: "patient" }, parts, subgroups };
}

function measure(slice: Slice, names: readonly string[], seed: number): PartMetrics {
  const { labels, probabilities, patients } = slice;
  const classes = names.length;
  // Of two classes a cohort names the positive one first.
  const scored = { labels, probabilities, classes, positive: 0 };
  const measured = metricsWithIntervals(scored, patients, { draws, seed });
  const confusion = confusionMatrix(labels, predictedClasses(scored), classes);
  const report = classReport(confusion);
  return {
    images: labels.length,
    patients: new Set(patients).size,
    confusion: names.map((_, row) =>
      Array.from(confusion.counts.subarray(row * classes, (row + 1) * classes)),
    ),
    metrics: record((name) => {
      const { value, low, high } = measured[name];
      return value === null
        ? { value, low: null, high: null, reason: reasonOf(name, labels, classes) }
        : { value, low, high };
    }),
    report: [
      ...report.perClass.map((scores, at) => ({ name: names[at] ?? "", ...scores })),
      { name: "macro average", ...report.macro },
      { name: "weighted average", ...report.weighted },
    ],
  };
}

function record(of: (name: MetricName) => MetricValue): PartMetrics["metrics"] {
  return Object.fromEntries(metricNames.map((name) => [name, of(name)])) as PartMetrics["metrics"];
}

/** Why a metric has no value, for the hover of its dash. */
function reasonOf(name: MetricName, labels: Int32Array, classes: number): string {
  if (labels.length === 0) return "There is no image in this part.";
  if (classes > 2 && ["sensitivity", "specificity", "ppv", "npv"].includes(name)) {
    return "Only for two classes; see the report per class.";
  }
  const positives = labels.filter((label) => label === 0).length;
  if (name === "ppv" || name === "npv") return "Nothing was predicted so.";
  if (positives === 0) return "There is no image of the positive class here.";
  if (positives === labels.length) return "There is no image of another class here.";
  return "Only one class was predicted.";
}

type Subgroup = {
  readonly by: SubgroupMetrics["by"];
  readonly value: string;
  readonly rows: readonly number[];
};

/** Slices by traits that differ within the test part, the larger ones first. */
function subgroupsOf({ images }: TrainTask, test: readonly number[]): Subgroup[] {
  const kinds = ["dataset", "view", "sex", "patient"] as const;
  return kinds.flatMap((by) => {
    const rowsByValue = Map.groupBy(test, (at) => images.traits[by][at] ?? "");
    const slices = [...rowsByValue].map(([value, rows]) => ({ by, value, rows }));
    return slices.length > 1 ? slices.sort((a, b) => b.rows.length - a.rows.length) : [];
  });
}
