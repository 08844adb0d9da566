import { describe, expect, it } from "vitest";
import { themed } from "./chart-theme";
import { matches } from "./page-keys";
import { relativeTime } from "./relative-time-text";
import { percent } from "./share";

describe("a share", () => {
  it.each([
    [66, 132, "50%"],
    [0, 7, "0%"],
    [7, 7, "100%"],
    [1, 1000, "<1%"],
    [999, 1000, ">99%"],
    [1, 200, "1%"],
    [2, 3, "67%"],
  ])("%i of %i is %s", (count, total, words) => {
    expect(percent(count, total)).toBe(words);
  });
});

describe("a time", () => {
  const now = Date.UTC(2026, 4, 1, 12);
  it.each([
    [0, "just now"],
    [-59, "just now"],
    [-60, "1 minute ago"],
    [-3 * 3600, "3 hours ago"],
    [-86_400, "yesterday"],
    [-40 * 86_400, "last month"],
    [30, "in a moment"],
    [7 * 86_400, "next week"],
  ])("%i seconds from now is %j", (seconds, words) => {
    expect(relativeTime(new Date(now + seconds * 1000), now)).toBe(words);
  });
});

describe("a key", () => {
  const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...held,
  });
  it.each([
    ["H", press("h"), true],
    ["H", press("H", { shiftKey: true }), false],
    ["Shift H", press("H", { shiftKey: true }), true],
    ["H", press("h", { ctrlKey: true }), false],
    ["Ctrl K", press("k", { ctrlKey: true }), true],
    ["Ctrl K", press("k", { metaKey: true }), true],
    ["Ctrl K", press("k"), false],
    ["?", press("?", { shiftKey: true }), true],
    ["Space", press(" "), true],
    ["ArrowLeft", press("ArrowLeft"), true],
    ["ArrowLeft", press("ArrowRight"), false],
    ["ArrowLeft", press("ArrowLeft", { shiftKey: true }), false],
    ["Shift ArrowLeft", press("ArrowLeft", { shiftKey: true }), true],
    ["Shift PageUp", press("PageUp", { shiftKey: true }), true],
    ["PageUp", press("PageUp", { shiftKey: true }), false],
  ])("%s", (keys, event, fits) => {
    expect(matches(event, keys)).toBe(fits);
  });
});

describe("a chart's colours", () => {
  const colourOf = (name: string) => `<${name}>`;

  it("follow the theme wherever they stand, and nothing else is touched", () => {
    const made = themed(
      {
        series: [
          {
            type: "line",
            lineStyle: { color: "var(--train)" },
            name: "var(--x) is no colour",
            data: [1, null],
          },
        ],
      },
      colourOf,
    );
    expect(made.series).toEqual([
      { type: "line", lineStyle: { color: "<--train>" }, name: "var(--x) is no colour", data: [1, null] },
    ]);
  });

  it("lie beneath what the option says, for one axis or several", () => {
    const made = themed({ xAxis: [{ type: "value", axisLabel: { color: "red" } }, {}], yAxis: {} }, colourOf);
    expect(made.xAxis).toMatchObject([
      { type: "value", axisLabel: { color: "red" } },
      { axisLabel: { color: "<--dim>" } },
    ]);
    expect(made.yAxis).toMatchObject({ axisLine: { lineStyle: { color: "<--line>" } } });
    expect(made.legend).toBeUndefined();
  });
});
