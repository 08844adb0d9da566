"use client";

import { Chart } from "@/app/_components/chart";
import { type Counts, type CurvePoint, ratesOf } from "@/server/models/rules";

type Props = { points: readonly CurvePoint[]; now: Counts };

/** Sensitivity against false alarms at every threshold, the one in force marked. */
export function RocChart({ points, now }: Props) {
  const place = (counts: Counts): [number, number] | null => {
    const { sensitivity, specificity } = ratesOf(counts);
    return sensitivity === null || specificity === null ? null : [1 - specificity, sensitivity];
  };
  return (
    <CurveChart
      label="ROC curve: sensitivity against false positive rate"
      axes={["1 − specificity", "sensitivity"]}
      points={points}
      place={place}
      now={place(now)}
      reference={[
        [0, 0],
        [1, 1],
      ]}
    />
  );
}

/** Precision against recall at every threshold that calls anything positive, the one in force marked. */
export function PrChart({ points, now }: Props) {
  const place = (counts: Counts): [number, number] | null => {
    const { sensitivity, ppv } = ratesOf(counts);
    return sensitivity === null || ppv === null ? null : [sensitivity, ppv];
  };
  const { tp = 0, fp = 0 } = points.at(-1) ?? {};
  const prevalence = tp + fp === 0 ? 0 : tp / (tp + fp);
  return (
    <CurveChart
      label="Precision against recall"
      axes={["recall", "precision"]}
      points={points}
      place={place}
      now={place(now)}
      reference={[
        [0, prevalence],
        [1, prevalence],
      ]}
    />
  );
}

type CurveChartProps = {
  label: string;
  axes: readonly [string, string];
  points: readonly CurvePoint[];
  place(counts: Counts): [number, number] | null;
  now: [number, number] | null;
  /** What chance alone would give. */
  reference: readonly (readonly [number, number])[];
};

/** More points than this say no more at this size. */
const mostPoints = 400;

function CurveChart({ label, axes, points, place, now, reference }: CurveChartProps) {
  const every = Math.ceil(points.length / mostPoints);
  const kept = points.filter((_, at) => at % every === 0 || at === points.length - 1);
  const placed = kept.flatMap((point) => {
    const at = place(point);
    return at ? [{ at, threshold: point.threshold }] : [];
  });
  const axis = { type: "value" as const, min: 0, max: 1, nameLocation: "middle" as const, interval: 0.25 };
  return (
    <Chart
      label={label}
      height={300}
      option={{
        grid: { left: 20, bottom: 22, top: 12, right: 16 },
        xAxis: { ...axis, name: axes[0], nameGap: 24 },
        yAxis: { ...axis, name: axes[1], nameGap: 34 },
        series: [
          {
            type: "line",
            data: reference.map((point) => [...point]),
            showSymbol: false,
            silent: true,
            lineStyle: { width: 1, type: "dashed", color: "var(--faint)" },
          },
          {
            type: "line",
            data: placed.map(({ at }) => at),
            showSymbol: false,
            silent: true,
            lineStyle: { width: 1.75, color: "var(--test)" },
          },
          {
            type: "scatter",
            data: now ? [now] : [],
            symbolSize: 11,
            silent: true,
            itemStyle: { color: "var(--accent)", borderColor: "var(--panel)", borderWidth: 2 },
          },
        ],
      }}
      table={{
        columns: ["threshold", ...axes],
        rows: placed.map(({ at, threshold }) => [
          Number.isFinite(threshold) ? Number(threshold.toFixed(4)) : "above all",
          Number(at[0].toFixed(4)),
          Number(at[1].toFixed(4)),
        ]),
      }}
    />
  );
}
