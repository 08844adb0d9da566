"use client";

import { Chart } from "@/app/_components/chart";
import type { ReaderComparison } from "@/server/reading/reader-comparison";
import type { RatesRow } from "@/server/reading/reader-rates";

type Place = [number, number];

/** Readers as points; the model as its curve, with the point that the table's row stands for. */
export function ReadersRoc({
  against: { readers, model },
}: {
  against: NonNullable<ReaderComparison["against"]>;
}) {
  const points = readers.flatMap(({ reader, ...row }) => {
    const place = placeOf(row);
    return place ? [{ name: reader.name, place }] : [];
  });
  const curve = (model?.curve ?? []).map(
    ({ falsePositiveRate, truePositiveRate }): Place => [falsePositiveRate, truePositiveRate],
  );
  const now = model ? placeOf(model) : null;
  const axis = { type: "value" as const, min: 0, max: 1, nameLocation: "middle" as const, interval: 0.25 };
  return (
    <Chart
      label="ROC plot: sensitivity against false positive rate of each reader and of the model"
      height={340}
      option={{
        grid: { left: 20, bottom: 22, top: 24, right: 24 },
        tooltip: { trigger: "item" },
        xAxis: { ...axis, name: "1 − specificity", nameGap: 24 },
        yAxis: { ...axis, name: "sensitivity", nameGap: 34 },
        series: [
          {
            type: "line",
            data: [
              [0, 0],
              [1, 1],
            ],
            showSymbol: false,
            silent: true,
            lineStyle: { width: 1, type: "dashed", color: "var(--faint)" },
          },
          {
            type: "line",
            name: model ? `Run ${model.run}` : "",
            data: curve,
            showSymbol: false,
            silent: true,
            lineStyle: { width: 1.75, color: "var(--test)" },
          },
          {
            type: "scatter",
            symbol: "diamond",
            symbolSize: 13,
            data: now && model ? [{ name: `Run ${model.run}`, value: now }] : [],
            itemStyle: { color: "var(--test)", borderColor: "var(--panel)", borderWidth: 2 },
          },
          {
            type: "scatter",
            symbolSize: 11,
            // Good readers stand close together: their names go round.
            data: points.map(({ name, place }, at) => ({
              name,
              value: place,
              label: { position: sides[at % sides.length] },
            })),
            itemStyle: { color: "var(--accent)", borderColor: "var(--panel)", borderWidth: 2 },
            label: { show: true, formatter: "{b}", color: "var(--text)", fontSize: 11 },
          },
        ],
      }}
      table={{
        columns: ["who", "1 − specificity", "sensitivity"],
        rows: [
          ...points.map(({ name, place }) => [name, round(place[0]), round(place[1])]),
          ...(now && model ? [[`Run ${model.run}`, round(now[0]), round(now[1])]] : []),
          ...curve.map(([x, y]) => ["curve", round(x), round(y)]),
        ],
      }}
    />
  );
}

function placeOf({ sensitivity, specificity }: RatesRow): Place | null {
  return sensitivity.value === null || specificity.value === null
    ? null
    : [1 - specificity.value, sensitivity.value];
}

const sides = ["right", "bottom", "top", "left"] as const;

const round = (value: number) => Number(value.toFixed(4));
