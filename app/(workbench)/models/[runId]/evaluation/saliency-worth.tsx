"use client";

import { Card } from "@/app/_components/card";
import { Chart } from "@/app/_components/chart";
import type { CurveComparison, SaliencyWorth } from "@/server/models/schema";

/** Whether taking away what the overlay marks costs the model more than taking away anything. */
export function SaliencyWorthCard({ worth }: { worth: SaliencyWorth }) {
  const steps = worth.deletion.map.curve.length - 1;
  const images = `${worth.images.toLocaleString("en-US")} test image${worth.images === 1 ? "" : "s"}`;
  return (
    <Card
      title="Does the overlay mark what the model used?"
      aside={`${images} drawn by the run's seed · HiResCAM`}
    >
      <div className="grid gap-x-6 gap-y-8 pt-5 lg:grid-cols-2">
        <Comparison
          name="Deletion"
          compared={worth.deletion}
          steps={steps}
          text={`Taking away what the overlay marks lowers the probability ${speed(worth.deletion, -1)} taking away at random`}
          axis="pixels taken away"
        />
        <Comparison
          name="Insertion"
          compared={worth.insertion}
          steps={steps}
          text={insertionText(worth.insertion)}
          axis="pixels brought back"
        />
      </div>
      <p className="mt-4 max-w-[110ch] text-dim">
        Mean probability of the class that the model named, as pixels of its input change, most marked first,
        in {steps} steps: replaced by the input's mean, or brought back sharp into the blurred input (Petsiuk
        et al. 2018). A hint at what the model used, not a finding.
      </p>
    </Card>
  );
}

/** Where blurring takes nothing from the model there is nothing to bring back, and the area is no merit of the map. */
function insertionText(compared: CurveComparison): string {
  const { curve } = compared.map;
  if ((curve.at(-1) ?? 0) - (curve.at(0) ?? 0) < leastBroughtBack) {
    return "The blurred film alone is called almost as surely as the sharp one, so bringing back what the overlay marks tells little here";
  }
  return `Bringing it back into a blurred film raises the probability ${speed(compared, 1)} bringing back at random`;
}

const leastBroughtBack = 0.1;

/** By the interval of the difference: what does not differ from chance is called no difference. */
function speed({ difference }: CurveComparison, better: 1 | -1): string {
  const { low, high } = difference;
  if (low === null || high === null || (low <= 0 && high >= 0)) return "about as fast as";
  return Math.sign(low) === better ? "faster than" : "more slowly than";
}

type ComparisonProps = {
  name: string;
  compared: CurveComparison;
  steps: number;
  text: string;
  axis: string;
};

function Comparison({ name, compared, steps, text, axis }: ComparisonProps) {
  const { map, random, difference } = compared;
  const along = (curve: readonly number[]) => curve.map((value, at) => [(100 * at) / steps, value]);
  const line = (title: string, curve: readonly number[], style: { color: string; type?: "dashed" }) => ({
    type: "line" as const,
    name: title,
    data: along(curve),
    showSymbol: false,
    lineStyle: { width: 1.75, ...style },
    itemStyle: { color: style.color },
  });
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Chart
        label={`${name}: probability by share of ${axis}, in the overlay's order and at random`}
        height={220}
        option={{
          grid: { left: 20, bottom: 22, top: 26, right: 20 },
          legend: { left: 0 },
          tooltip: { trigger: "axis", valueFormatter: (value) => Number(value).toFixed(2) },
          xAxis: {
            type: "value",
            min: 0,
            max: 100,
            interval: 25,
            name: `% of ${axis}`,
            nameLocation: "middle",
            nameGap: 24,
          },
          yAxis: {
            type: "value",
            min: 0,
            max: 1,
            interval: 0.25,
            name: "probability",
            nameLocation: "middle",
            nameGap: 34,
          },
          series: [
            line("overlay's order", map.curve, { color: "var(--accent)" }),
            line("at random", random.curve, { color: "var(--faint)", type: "dashed" }),
          ],
        }}
        table={{
          columns: [`% of ${axis}`, "overlay's order", "at random"],
          rows: map.curve.map((value, at) => [
            Math.round((100 * at) / steps),
            Number(value.toFixed(4)),
            Number((random.curve[at] ?? 0).toFixed(4)),
          ]),
        }}
      />
      <p>
        {text}: <b className="font-semibold">{map.area.toFixed(2)}</b> against {random.area.toFixed(2)}{" "}
        <span className="text-dim">
          areas under the curves, difference {signed(difference.value)}
          {difference.low === null || difference.high === null
            ? null
            : ` (95% ${signed(difference.low)} to ${signed(difference.high)})`}
        </span>
      </p>
    </div>
  );
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}
