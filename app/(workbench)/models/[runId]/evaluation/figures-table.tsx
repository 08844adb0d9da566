import { Card } from "@/app/_components/card";
import { DataTable } from "@/app/_components/data-table";
import { Metric } from "@/app/_components/metric";
import type { MetricName, PartMetrics, RunMetrics } from "@/server/training/schema";

const titles: Record<MetricName, string> = {
  accuracy: "Accuracy",
  balancedAccuracy: "Balanced accuracy",
  sensitivity: "Sensitivity",
  specificity: "Specificity",
  ppv: "Positive predictive value",
  npv: "Negative predictive value",
  f1: "F1",
  auc: "ROC AUC",
  averagePrecision: "Average precision",
  mcc: "Matthews correlation",
  brier: "Brier score (lower is better)",
  logLoss: "Log loss (lower is better)",
  ece: "Expected calibration error (lower is better)",
};

type Props = { part: PartMetrics; positive: string | undefined; bootstrap: RunMetrics["bootstrap"] };

/** Every figure with its interval, at the threshold ½ or by the most probable class. */
export function FiguresTable({ part, positive, bootstrap }: Props) {
  const names = Object.keys(titles) as MetricName[];
  return (
    <Card
      title={positive ? `Figures at threshold 0.50, positive is ${positive}` : "Figures"}
      aside={`95%, ${bootstrap.draws.toLocaleString("en-US")} draws over patients`}
    >
      <DataTable
        label="Metrics with 95% intervals"
        columns={[
          { key: "name", title: "Metric" },
          { key: "value", title: "Value [95% interval]", number: true },
        ]}
        rows={names.map((name) => ({
          key: name,
          cells: {
            name: titles[name],
            value: part.metrics[name] ? <Metric {...part.metrics[name]} /> : "–",
          },
        }))}
      />
    </Card>
  );
}
