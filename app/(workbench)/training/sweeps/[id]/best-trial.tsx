"use client";

import { useState, useTransition } from "react";
import { Button, LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { Metric } from "@/app/_components/metric";
import { Notice } from "@/app/_components/notice";
import type { TrialView } from "@/server/training/sweeps/sweep-views";
import { promote } from "../actions";
import { optionsText } from "./options-text";

/** The best trial with its figures, and the way to a full run of it. */
export function BestTrial({
  sweep,
  trial,
  mayLaunch,
}: {
  sweep: number;
  trial: TrialView;
  mayLaunch: boolean;
}) {
  const [obstacle, setObstacle] = useState<string | null>(null);
  const [launching, start] = useTransition();
  const validation = trial.metrics?.validation.metrics;
  const test = trial.metrics?.test.metrics;
  const figures = [
    { name: "Validation accuracy", value: trial.valAccuracy },
    { name: "Validation AUC", value: validation?.auc },
    { name: "Test accuracy", value: test?.accuracy },
    { name: "Test sensitivity", value: test?.sensitivity },
    { name: "Test specificity", value: test?.specificity },
    { name: "Test AUC", value: test?.auc },
  ];
  const send = () => start(async () => setObstacle(await promote(sweep, trial.trial)));
  return (
    <Card title="Best by validation accuracy" aside={optionsText(trial.parameters)}>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <dl className="grid grid-cols-2 gap-x-8 gap-y-3 sm:grid-cols-3 xl:grid-cols-6">
          {figures.map(({ name, value }) => (
            <div key={name}>
              <dt className="text-dim">{name}</dt>
              <dd>
                <Metric value={value} />
              </dd>
            </div>
          ))}
        </dl>
        {trial.run !== null ? (
          <LinkButton href={`/training/${trial.run}`}>Open run {trial.run}</LinkButton>
        ) : mayLaunch ? (
          <Button variant="primary" pending={launching} onPress={send}>
            Launch as a full run
          </Button>
        ) : null}
      </div>
      <p className="mt-3 text-dim">
        Of many trials the best one's validation figure is too good: it was chosen for it. The test figures
        were not looked at in the choice; a full run adds their intervals.
      </p>
      {obstacle ? <Notice tone="error">{obstacle}</Notice> : null}
    </Card>
  );
}
