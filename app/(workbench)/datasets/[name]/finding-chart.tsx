"use client";

import type { EChartsOption } from "echarts";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { Chart } from "@/app/_components/chart";
import type { DatasetDetail } from "@/server/datasets/browse/schema";
import { type LabelState, labelStates } from "@/server/labels/states";

const colours: Record<LabelState, string> = {
  positive: "var(--pos)",
  negative: "var(--neg)",
  uncertain: "var(--unc)",
  unmentioned: "var(--line)",
};

type Props = {
  findings: DatasetDetail["findings"];
  /** Where a bar leads, its filter appended; null where the person browses without labels. */
  browse: string | null;
};

/** Per finding the images in each of the four states, as one bar each. */
export function FindingChart({ findings, browse }: Props) {
  const router = useRouter();
  const option = useMemo(() => stackedBars(findings), [findings]);
  const states: readonly LabelState[] = labelStates;
  return (
    <Chart
      height={findings.length * 24 + 48}
      label="Images per finding and state"
      option={option}
      table={{
        columns: ["Finding", ...states],
        rows: findings.map((row) => [row.finding, ...states.map((state) => row[state])]),
      }}
      onPress={
        browse === null
          ? undefined
          : ({ seriesName, name }) =>
              router.push(`${browse}&finding=${encodeURIComponent(`${name}:${seriesName}`)}`)
      }
    />
  );
}

function stackedBars(findings: DatasetDetail["findings"]): EChartsOption {
  return {
    legend: { data: [...labelStates] },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" } },
    xAxis: { type: "value", max: "dataMax" },
    yAxis: { type: "category", inverse: true, data: findings.map(({ finding }) => finding) },
    series: labelStates.map((state) => ({
      name: state,
      type: "bar",
      stack: "states",
      barWidth: 14,
      itemStyle: { color: colours[state] },
      data: findings.map((row) => row[state]),
    })),
  };
}
