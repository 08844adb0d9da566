import type { EChartsOption } from "echarts";

/**
 * Puts colours in force that a canvas can't look up: every string `var(--name)` in an option becomes the value
 * that the page's theme gives it, and axes, legend and tooltip get the theme's look underneath what the option says.
 */
export function themed(option: EChartsOption, colourOf: (name: string) => string): EChartsOption {
  const resolved = resolve(option, colourOf) as EChartsOption;
  const line = colourOf("--line");
  const dim = colourOf("--dim");
  const axis = {
    axisLine: { lineStyle: { color: line } },
    axisTick: { lineStyle: { color: line } },
    axisLabel: { color: dim, fontSize: 11 },
    nameTextStyle: { color: dim, fontSize: 11 },
    splitLine: { lineStyle: { color: line, opacity: 0.6 } },
  };
  return {
    animation: false,
    textStyle: { fontFamily: "Inter Variable, system-ui, sans-serif", color: colourOf("--text") },
    color: ["--accent", "--test", "--val", "--leak", "--pos", "--neg"].map(colourOf),
    ...resolved,
    grid: under({ left: 8, right: 16, top: 28, bottom: 4, containLabel: true }, resolved.grid),
    xAxis: under(axis, resolved.xAxis),
    yAxis: under(axis, resolved.yAxis),
    legend: resolved.legend
      ? under(
          { top: 0, right: 0, itemWidth: 12, itemHeight: 8, textStyle: { color: dim, fontSize: 11 } },
          resolved.legend,
        )
      : undefined,
    tooltip: under(
      {
        backgroundColor: colourOf("--panel"),
        borderColor: line,
        textStyle: { color: colourOf("--text"), fontSize: 12 },
        confine: true,
      },
      resolved.tooltip,
    ),
  } as EChartsOption;
}

/** Defaults below what was said; for one object or for each of a list. */
function under(defaults: object, said: unknown): unknown {
  if (Array.isArray(said)) return said.map((one) => under(defaults, one));
  return { ...defaults, ...(said as object | undefined) };
}

function resolve(value: unknown, colourOf: (name: string) => string): unknown {
  if (typeof value === "string") {
    const name = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
    return name ? colourOf(name) : value;
  }
  if (Array.isArray(value)) return value.map((one) => resolve(one, colourOf));
  if (value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one, colourOf)]));
  }
  return value;
}
