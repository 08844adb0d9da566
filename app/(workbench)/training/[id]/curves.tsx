"use client";

import { Card } from "@/app/_components/card";
import { Chart } from "@/app/_components/chart";
import type { RunEpoch } from "@/server/training/schema";

/** Loss and accuracy by epoch, training beside validation. */
export function Curves({ epochs, planned }: { epochs: readonly RunEpoch[]; planned: number }) {
  return (
    <div className="grid gap-4 xl:grid-cols-2">
      <Curve title="Loss" epochs={epochs} planned={planned} train="loss" validation="valLoss" />
      <Curve title="Accuracy" epochs={epochs} planned={planned} train="accuracy" validation="valAccuracy" />
    </div>
  );
}

type CurveProps = {
  title: string;
  epochs: readonly RunEpoch[];
  planned: number;
  train: "loss" | "accuracy";
  validation: "valLoss" | "valAccuracy";
};

function Curve({ title, epochs, planned, train, validation }: CurveProps) {
  const line = (name: string, key: CurveProps["train" | "validation"], colour: string) => ({
    name,
    type: "line" as const,
    data: epochs.map((epoch) => [epoch.epoch, epoch[key]]),
    showSymbol: epochs.length < 3,
    symbolSize: 5,
    lineStyle: { width: 1.75, color: colour },
    itemStyle: { color: colour },
  });
  const last = epochs.findLast(({ fineTuned }) => !fineTuned)?.epoch;
  const switched = epochs.some(({ fineTuned }) => fineTuned) && last !== undefined;
  return (
    <Card title={title}>
      <Chart
        label={`${title} of training and validation by epoch`}
        height={240}
        option={{
          legend: {},
          tooltip: {
            trigger: "axis",
            valueFormatter: (value) => (typeof value === "number" ? value.toFixed(4) : "–"),
          },
          xAxis: {
            type: "value",
            min: 1,
            max: Math.max(planned, 2),
            minInterval: 1,
            name: "epoch",
            nameLocation: "middle",
            nameGap: 22,
          },
          yAxis: { type: "value", scale: true },
          series: [
            {
              ...line("training", train, "var(--train)"),
              markLine: switched ? fineTuningFrom(last) : undefined,
            },
            line("validation", validation, "var(--val)"),
          ],
          grid: { bottom: 20 },
        }}
        table={{
          columns: ["epoch", "trained", "training", "validation"],
          rows: epochs.map((epoch) => [
            epoch.epoch,
            epoch.fineTuned ? "base and head" : "head",
            epoch[train],
            epoch[validation],
          ]),
        }}
      />
    </Card>
  );
}

/** Where the head's epochs end and those of the base with it begin. */
function fineTuningFrom(epoch: number) {
  return {
    silent: true,
    symbol: "none",
    lineStyle: { color: "var(--faint)", type: "dashed" as const, width: 1 },
    label: {
      formatter: "fine-tuning",
      position: "end" as const,
      align: "left" as const,
      color: "var(--dim)",
      fontSize: 11,
    },
    data: [{ xAxis: epoch + 0.5 }],
  };
}
