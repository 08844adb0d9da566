import { Chart } from "@/app/_components/chart";
import type { ClassCount } from "@/server/cohorts/schema";

type Props = { what: string; counts: readonly ClassCount[]; classes: readonly string[] };

/** Bars that fit; the table behind the chart has all values. */
const mostBars = 8;

/** Not the hues of parts: a class is no part of a split. */
const colours = ["var(--pos)", "var(--neg)", "var(--unc)", "var(--accent)", "var(--faint)"];

/** How many images of each class a source or a view has. */
export function CompositionChart({ what, counts, classes }: Props) {
  const values = [...new Set(counts.map((one) => one.value))];
  const of = (value: string, name: string) =>
    counts.find((one) => one.value === value && one.class === name)?.images ?? 0;
  const drawn = values.slice(0, mostBars);
  return (
    <Chart
      label={`Images per ${what} and class`}
      height={48 + 30 * drawn.length}
      option={{
        legend: { left: 0 },
        tooltip: { trigger: "axis", axisPointer: { type: "shadow" } },
        grid: { top: 32 },
        xAxis: { type: "value", minInterval: 1 },
        yAxis: {
          type: "category",
          data: drawn,
          inverse: true,
          axisLabel: { width: 150, overflow: "truncate", color: "var(--dim)", fontSize: 11 },
        },
        series: classes.map((name, place) => ({
          name,
          itemStyle: { color: colours[place % colours.length] },
          type: "bar",
          stack: "classes",
          barWidth: 14,
          data: drawn.map((value) => of(value, name)),
        })),
      }}
      table={{
        columns: [what, ...classes],
        rows: values.map((value) => [value, ...classes.map((name) => of(value, name))]),
      }}
    />
  );
}
