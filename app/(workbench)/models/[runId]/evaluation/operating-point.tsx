"use client";

import { useMemo, useState } from "react";
import { Card } from "@/app/_components/card";
import { Metric } from "@/app/_components/metric";
import { countsAt, curveOf, ratesOf, type Scores } from "@/server/models/rules";
import { Range } from "../range";
import { ConfusionTable } from "./confusion-table";
import { PrChart, RocChart } from "./curves";

type Props = {
  scores: Scores;
  classes: readonly string[];
  initial: number;
};

/** One slider moves the confusion matrix, the rates and the point on both curves together. */
export function OperatingPoint({ scores, classes, initial }: Props) {
  const [threshold, setThreshold] = useState(initial);
  const points = useMemo(() => curveOf(scores), [scores]);
  const counts = countsAt(scores, threshold);
  const rates = ratesOf(counts);
  const [positive = ""] = classes;
  const remember = (value: number) => {
    const url = new URL(window.location.href);
    url.searchParams.set("threshold", value.toFixed(2));
    window.history.replaceState(null, "", url);
  };
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(360px,1fr)_1fr_1fr]">
      <Card title="At this threshold">
        <div className="flex flex-col gap-4">
          <Range
            label={`Called ${positive} from probability`}
            value={threshold}
            step={0.01}
            onChange={setThreshold}
            onSettled={remember}
          />
          <ConfusionTable
            classes={classes}
            counts={[
              [counts.tp, counts.fn],
              [counts.fp, counts.tn],
            ]}
          />
          <dl className="grid grid-cols-3 gap-x-4 gap-y-2">
            {names.map(([key, title, reason]) => (
              <div key={key}>
                <dt className="text-[12px] text-dim">{title}</dt>
                <dd className="text-[15px]">
                  <Metric value={rates[key]} reason={reason} />
                </dd>
              </div>
            ))}
          </dl>
        </div>
      </Card>
      <Card title="ROC">
        <RocChart points={points} now={counts} />
      </Card>
      <Card title="Precision and recall">
        <PrChart points={points} now={counts} />
      </Card>
    </div>
  );
}

const names = [
  ["sensitivity", "Sensitivity", "There is no image of the positive class."],
  ["specificity", "Specificity", "There is no image of the other class."],
  ["accuracy", "Accuracy", "There is no image."],
  ["ppv", "PPV", "Nothing is called positive at this threshold."],
  ["npv", "NPV", "Nothing is called negative at this threshold."],
  ["f1", "F1", "There is nothing positive, true or called."],
] as const;
