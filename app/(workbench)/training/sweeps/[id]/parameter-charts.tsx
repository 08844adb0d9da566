"use client";

import { Card } from "@/app/_components/card";
import { Chart } from "@/app/_components/chart";
import type { TrialParameters } from "@/server/training/sweeps/schema";
import type { TrialView } from "@/server/training/sweeps/sweep-views";
import { fiveNumbers } from "./five-numbers";
import { optimizerWords } from "./options-text";

const parameters = [
  { key: "optimizer", title: "Optimizer" },
  { key: "learningRate", title: "Learning rate" },
  { key: "batchSize", title: "Batch size" },
  { key: "epochs", title: "Epochs" },
  { key: "dropout", title: "Dropout" },
] as const satisfies readonly { key: keyof TrialParameters; title: string }[];

/** More values than this are drawn as points: a box each would hold one trial. */
const mostBoxes = 8;

/** How much each option matters: the validation accuracy of the trials by its values. */
export function ParameterCharts({ trials }: { trials: readonly TrialView[] }) {
  const varied = parameters.filter(
    ({ key }) => new Set(trials.map((trial) => trial.parameters[key])).size > 1,
  );
  if (varied.length === 0) return null;
  return (
    <Card title="Validation accuracy by option" aside="box: quartiles; line: median; whiskers: all trials">
      <div className="grid gap-4 pt-6 sm:grid-cols-2 xl:grid-cols-5">
        {varied.map(({ key, title }) => (
          <ParameterChart key={key} name={key} title={title} trials={trials} />
        ))}
      </div>
    </Card>
  );
}

type ChartProps = { name: keyof TrialParameters; title: string; trials: readonly TrialView[] };

function ParameterChart({ name, title, trials }: ChartProps) {
  const pairs = trials.flatMap(({ parameters: own, valAccuracy }) =>
    valAccuracy === null ? [] : [{ value: own[name], accuracy: valAccuracy }],
  );
  const groups = [...Map.groupBy(pairs, ({ value }) => value)].sort(([a], [b]) =>
    typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)),
  );
  const boxes = groups.map(([value, own]) => ({
    label: typeof value === "string" ? optimizerWords[value] : String(value),
    five: fiveNumbers(own.map(({ accuracy }) => accuracy)),
    trials: own.length,
  }));
  const yAxis = { type: "value" as const, scale: true, splitNumber: 4 };
  const style = { color: "transparent", borderColor: "var(--accent)" };
  return (
    <div className="min-w-0">
      <h3 className="mb-1 text-dim">{title}</h3>
      <Chart
        label={`Validation accuracy by ${title.toLowerCase()}`}
        height={200}
        option={
          boxes.length > mostBoxes
            ? {
                xAxis: { type: "log", splitLine: { show: false }, axisLabel: { hideOverlap: true } },
                yAxis,
                series: [
                  {
                    type: "scatter",
                    symbolSize: 5,
                    data: pairs.map(({ value, accuracy }) => [value, accuracy]),
                  },
                ],
              }
            : {
                xAxis: { type: "category", data: boxes.map(({ label }) => label) },
                yAxis,
                series: [{ type: "boxplot", data: boxes.map(({ five }) => five), itemStyle: style }],
              }
        }
        table={{
          columns: [title, "trials", "lowest", "quartile", "median", "quartile", "highest"],
          rows: boxes.map(({ label, five, trials: count }) => [label, count, ...five]),
        }}
      />
    </div>
  );
}
