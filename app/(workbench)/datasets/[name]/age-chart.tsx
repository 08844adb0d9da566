"use client";

import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { Chart } from "@/app/_components/chart";
import type { DatasetDetail } from "@/server/datasets/browse/schema";
import { bandsOf } from "../../images/_browse/age-bands";

/** Images per ten years of age; unknown ages are said below. */
export function AgeChart({ ages, browse }: { ages: DatasetDetail["ages"]; browse: string }) {
  const router = useRouter();
  const bands = useMemo(() => bandsOf(ages), [ages]);
  const unknown = ages.find(({ value }) => value === null)?.images ?? 0;
  const option = useMemo(
    () => ({
      tooltip: { trigger: "axis" as const, axisPointer: { type: "shadow" as const } },
      xAxis: {
        type: "category" as const,
        data: bands.map(({ from, to }) => (from === 90 ? "90+" : `${from}–${to}`)),
      },
      yAxis: { type: "value" as const },
      series: [
        {
          name: "images",
          type: "bar" as const,
          barCategoryGap: "12%",
          data: bands.map(({ images }) => images),
        },
      ],
    }),
    [bands],
  );
  return (
    <>
      <Chart
        height={200}
        label="Images per ten years of age"
        option={option}
        table={{
          columns: ["Age (years)", "Images"],
          rows: [...bands.map(({ words, images }) => [words, images]), ["unknown", unknown]],
        }}
        onPress={({ dataIndex }) => {
          const band = bands[dataIndex];
          if (band) router.push(`${browse}&age=${band.from}-${band.to}`);
        }}
      />
      {unknown > 0 ? (
        <p className="mt-1 text-[12px] text-dim">{unknown.toLocaleString("en-US")} of unknown age</p>
      ) : null}
    </>
  );
}
