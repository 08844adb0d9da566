import { DataTable } from "@/app/_components/data-table";
import { Metric } from "@/app/_components/metric";
import type { MetricName } from "@/server/training/schema";
import type { TrialView } from "@/server/training/sweeps/sweep-views";
import { optimizerWords } from "./options-text";

const options = [
  { key: "trial", title: "Trial", sortable: true, number: true },
  { key: "optimizer", title: "Optimizer", sortable: true },
  { key: "learningRate", title: "Learning rate", sortable: true, number: true },
  { key: "batchSize", title: "Batch", sortable: true, number: true },
  { key: "epochs", title: "Epochs", sortable: true, number: true },
  { key: "dropout", title: "Dropout", sortable: true, number: true },
  { key: "valAccuracy", title: "Val. accuracy", sortable: true, number: true },
  { key: "valLoss", title: "Val. loss", sortable: true, number: true },
] as const;
const testColumns = [
  { key: "accuracy", title: "Test accuracy" },
  { key: "sensitivity", title: "Sensitivity" },
  { key: "specificity", title: "Specificity" },
  { key: "f1", title: "F1" },
  { key: "auc", title: "AUC" },
] as const satisfies readonly { key: MetricName; title: string }[];

/** Trials with their options and figures; sensitivity and the like only where there are two classes. */
export function TrialsTable({
  trials,
  classes,
}: {
  trials: readonly TrialView[];
  classes: readonly string[];
}) {
  const test = testColumns.filter(
    ({ key }) => classes.length === 2 || (key !== "sensitivity" && key !== "specificity"),
  );
  return (
    <DataTable
      label="Trials"
      columns={[...options, ...test.map((column) => ({ ...column, sortable: true, number: true }))]}
      rows={trials.map((trial) => {
        const { parameters, metrics } = trial;
        const figures = metrics?.test.metrics;
        return {
          key: trial.trial,
          cells: {
            trial: trial.run === null ? trial.trial : `${trial.trial} · run ${trial.run}`,
            ...parameters,
            optimizer: optimizerWords[parameters.optimizer],
            valAccuracy: cellOf(trial),
            valLoss: trial.valLoss === null ? "" : trial.valLoss.toFixed(4),
            ...Object.fromEntries(
              test.map(({ key }) => [key, figures ? <Metric key={key} value={figures[key]} /> : ""]),
            ),
          },
          sort: {
            trial: trial.trial,
            ...parameters,
            valAccuracy: trial.valAccuracy,
            valLoss: trial.valLoss,
            ...Object.fromEntries(test.map(({ key }) => [key, figures?.[key] ?? null])),
          },
        };
      })}
    />
  );
}

function cellOf({ status, valAccuracy, error }: TrialView) {
  if (status === "done") return valAccuracy?.toFixed(4) ?? "–";
  return (
    <span className={status === "failed" ? "text-leak" : "text-dim"} title={error ?? undefined}>
      {status}
    </span>
  );
}
