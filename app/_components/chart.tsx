"use client";

import type { EChartsOption } from "echarts";
import { Table2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "./button";
import type { ECharts } from "./chart-engine";
import { themed } from "./chart-theme";
import { DataTable } from "./data-table";

type ChartTable = {
  columns: readonly string[];
  /** Numbers stand at the right; null is a dash. */
  rows: readonly (readonly (string | number | null)[])[];
};

type Props = {
  /** ECharts option. Colours may be `var(--train)` and the like; they follow the theme. */
  option: EChartsOption;
  /** The same figures as a table, behind "Show as table". */
  table: ChartTable;
  /** Pixels. */
  height?: number;
  /** What the chart shows, as a sentence for those who can't see it. */
  label: string;
  /** A press on a mark of the chart. */
  onPress?: (mark: { seriesName?: string; name: string; dataIndex: number }) => void;
};

/** A chart with its table behind it. The drawing library comes with the first chart on a page. */
export function Chart({ option, table, height = 240, label, onPress }: Props) {
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className="relative m-0">
      <div className="absolute right-0 bottom-full z-10 mb-1 opacity-70 hover:opacity-100">
        <Button
          size="sm"
          variant="ghost"
          icon={<Table2 aria-hidden size={14} />}
          label={asTable ? "Show as chart" : "Show as table"}
          onPress={() => setAsTable(!asTable)}
        />
      </div>
      {asTable ? (
        <div style={{ height }} className="overflow-auto">
          <FiguresTable table={table} label={label} />
        </div>
      ) : table.rows.length === 0 ? (
        <div style={{ height }} className="grid place-items-center text-faint">
          Nothing to show yet
        </div>
      ) : (
        <Canvas option={option} height={height} label={label} onPress={onPress} />
      )}
    </figure>
  );
}

function Canvas({
  option,
  height,
  label,
  onPress,
}: Required<Pick<Props, "option" | "height" | "label">> & Pick<Props, "onPress">) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(null);
  const latest = useRef({ option, onPress });
  latest.current = { option, onPress };

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let gone = false;
    const draw = () => chart.current?.setOption(themed(latest.current.option, colourOf), { notMerge: true });
    void import("./chart-engine").then(({ startChart }) => {
      if (gone) return;
      const made = startChart(element);
      chart.current = made;
      made.on("click", (event) =>
        latest.current.onPress?.({
          seriesName: event.seriesName,
          name: event.name,
          dataIndex: event.dataIndex,
        }),
      );
      draw();
    });
    const size = new ResizeObserver(() => chart.current?.resize());
    size.observe(element);
    const theme = new MutationObserver(draw);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    return () => {
      gone = true;
      size.disconnect();
      theme.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption(themed(option, colourOf), { notMerge: true });
  }, [option]);

  return <div ref={place} role="img" aria-label={label} style={{ height }} />;
}

function colourOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function FiguresTable({ table, label }: { table: ChartTable; label: string }) {
  const numbers = table.columns.map((_, index) => table.rows.some((row) => typeof row[index] === "number"));
  const columns = table.columns.map((title, index) => ({
    key: String(index),
    title,
    number: numbers[index],
    sortable: true,
  }));
  const rows = table.rows.map((row, index) => ({
    key: index,
    cells: Object.fromEntries(row.map((value, place) => [String(place), value === null ? "–" : value])),
    sort: Object.fromEntries(row.map((value, place) => [String(place), value])),
  }));
  return <DataTable label={label} columns={columns} rows={rows} />;
}
