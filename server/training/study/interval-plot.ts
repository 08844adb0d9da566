import { CustomChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, TitleComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

echarts.use([
  CustomChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
  SVGRenderer,
]);

export type PlotRow = {
  readonly name: string;
  /** In the order of the plot's series; null where a series has none here. */
  readonly figures: readonly ({
    readonly value: number | null;
    readonly low: number | null;
    readonly high: number | null;
  } | null)[];
};

const colours = ["#1f6feb", "#c2410c"];
const rowHeight = 34;
/** How far the series of one row stand apart, in rows. */
const apart = 0.26;

/** Figures with their 95% intervals, one row each from the top down, as an SVG. */
export function intervalPlot(plot: {
  readonly title: string;
  readonly series: readonly string[];
  readonly rows: readonly PlotRow[];
  readonly axis: { readonly name: string; readonly min: number; readonly max: number; readonly mark: number };
}): string {
  const height = 96 + plot.rows.length * rowHeight;
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: 760, height });
  const last = plot.rows.length - 1;
  const place = (row: number, series: number) => last - row - (series - (plot.series.length - 1) / 2) * apart;
  chart.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    title: {
      text: plot.title,
      left: 12,
      top: 8,
      textStyle: { fontSize: 14, fontWeight: 600, color: "#1b1f24" },
    },
    legend: plot.series.length > 1 ? { top: 8, right: 12, textStyle: { color: "#57606a" } } : undefined,
    grid: { left: 250, right: 32, top: 44, bottom: 40 },
    xAxis: {
      type: "value",
      name: plot.axis.name,
      nameLocation: "middle",
      nameGap: 26,
      min: plot.axis.min,
      max: plot.axis.max,
      nameTextStyle: { color: "#57606a" },
      axisLine: { onZero: false },
    },
    yAxis: {
      type: "value",
      min: -0.5,
      max: last + 0.5,
      interval: 1,
      axisLabel: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    series: [
      ...plot.series.flatMap((name, series) => {
        const points = plot.rows.flatMap(({ figures }, row) => {
          const found = figures[series];
          return found && found.value !== null
            ? [{ ...found, value: found.value, y: place(row, series) }]
            : [];
        });
        return [
          {
            name,
            type: "scatter",
            symbolSize: 9,
            itemStyle: { color: colours[series] },
            data: points.map(({ value, y }) => [value, y]),
            ...(series === 0 ? { markLine: markAt(plot.axis.mark) } : {}),
          },
          whiskers(
            points.map(({ low, high, value, y }) => [low ?? value, high ?? value, y]),
            colours[series] ?? "#000",
          ),
        ];
      }),
      labels(plot.rows.map(({ name }, row) => [name, last - row])),
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

function markAt(value: number) {
  return {
    silent: true,
    symbol: "none",
    label: { show: false },
    lineStyle: { color: "#8c959f", type: "dashed" },
    data: [{ xAxis: value }],
  };
}

function whiskers(data: readonly (readonly number[])[], colour: string) {
  return {
    type: "custom",
    silent: true,
    data,
    renderItem(_: unknown, api: Api) {
      const [x1, y = 0] = api.coord([api.value(0), api.value(2)]);
      const [x2] = api.coord([api.value(1), api.value(2)]);
      return {
        type: "line",
        shape: { x1, y1: y, x2, y2: y },
        style: { stroke: colour, lineWidth: 2.5, opacity: 0.55 },
      };
    },
  };
}

/** What a custom series is given to draw with. */
type Api = { value(dimension: number): number; coord(point: readonly number[]): number[] };

function labels(data: readonly (readonly [string, number])[]) {
  return {
    type: "custom",
    silent: true,
    // The names stand left of the axis, outside the grid.
    clip: false,
    data: data.map(([, y]) => [0, y]),
    renderItem({ dataIndex }: { readonly dataIndex: number }, api: Api) {
      const [, y] = api.coord([0, api.value(1)]);
      const text = data[dataIndex]?.[0] ?? "";
      return {
        type: "text",
        x: 240,
        y,
        style: { text, textAlign: "right", textVerticalAlign: "middle", fill: "#1b1f24", fontSize: 12 },
      };
    },
  };
}
