"use client";

import Link from "next/link";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { Metric } from "@/app/_components/metric";
import { Notice } from "@/app/_components/notice";
import { PageHeader } from "@/app/_components/page-header";
import { Progress } from "@/app/_components/progress";
import { RelativeTime } from "@/app/_components/relative-time";
import { isOver, type PartMetrics, type RunProgress } from "@/server/training/schema";
import { duration } from "../duration";
import { RunStatusDot } from "../run-status";
import { CancelButton } from "./cancel-button";
import { Curves } from "./curves";
import { RunLog } from "./run-log";
import { type RunNews, useRunNews } from "./use-run-news";

type Props = {
  initial: RunNews;
  facts: {
    id: number;
    title: string;
    split: { id: number; name: string };
    weights: string | null;
    frozen: boolean;
    epochs: number;
    createdAt: string;
    createdBy: string;
    test: PartMetrics | null;
  };
  mayCancel: boolean;
};

/** A run while it is at work, and what it came to. */
export function LiveRun({ initial, facts, mayCancel }: Props) {
  const { state, epochs, log } = useRunNews(initial);
  const over = isOver(state.status);
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title={`Run ${facts.id} · ${facts.title}`}
        sub={
          <>
            on split{" "}
            <Link href={`/splits/${facts.split.id}`} className="text-text hover:text-accent hover:underline">
              {facts.split.name}
            </Link>
            {facts.frozen
              ? facts.weights
                ? `, weights ${facts.weights}`
                : ", random weights"
              : ", from scratch"}{" "}
            · launched <RelativeTime at={facts.createdAt} /> by {facts.createdBy}
          </>
        }
        actions={
          <>
            {!over && mayCancel ? <CancelButton run={facts.id} requested={state.cancelRequested} /> : null}
            {state.status === "done" ? (
              <LinkButton href={`/models/${facts.id}/errors`} variant="primary">
                Review its errors
              </LinkButton>
            ) : null}
          </>
        }
      />
      {state.status === "failed" ? (
        <Notice tone="error" title="The run failed">
          {state.error}
        </Notice>
      ) : null}
      <div className="grid gap-4 lg:grid-cols-[1fr_320px]">
        <div className="flex min-w-0 flex-col gap-4">
          {over ? null : <Course state={state} epochs={facts.epochs} />}
          {facts.test ? <TestFigures test={facts.test} run={facts.id} /> : null}
          <Curves epochs={epochs} planned={facts.epochs} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <EngineCard state={state} />
          <RunLog lines={log} />
        </div>
      </div>
    </div>
  );
}

const phases: Record<RunProgress["phase"], string> = {
  starting: "Starting the engine",
  features: "Extracting features",
  films: "Reading films",
  training: "Training, epochs",
  evaluation: "Evaluating",
  saliency: "Explaining errors",
};

function Course({ state, epochs }: { state: RunNews["state"]; epochs: number }) {
  const { progress, status } = state;
  if (status === "queued") {
    return (
      <Card>
        <Progress
          done={0}
          total={epochs}
          label="Waiting for a worker"
          note="starts by itself as soon as one is free"
        />
      </Card>
    );
  }
  const { phase, done, total, secondsLeft } = progress ?? { phase: "starting" as const, done: 0, total: 1 };
  const note = secondsLeft === undefined ? undefined : `about ${duration(secondsLeft)} left`;
  return (
    <Card>
      <Progress
        done={done}
        total={total}
        label={state.cancelRequested ? "Cancelling" : phases[phase]}
        note={note}
      />
    </Card>
  );
}

function TestFigures({ test, run }: { test: PartMetrics; run: number }) {
  const { accuracy, sensitivity, specificity, auc } = test.metrics;
  const shown = { Accuracy: accuracy, Sensitivity: sensitivity, Specificity: specificity, AUC: auc };
  return (
    <Card
      title={`On ${test.images.toLocaleString("en-US")} test images of ${test.patients.toLocaleString("en-US")} patients`}
      aside={
        <Link href={`/models/${run}/evaluation`} className="hover:text-accent hover:underline">
          Evaluation
        </Link>
      }
    >
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        {Object.entries(shown).map(([name, metric]) => (
          <div key={name}>
            <dt className="text-dim">{name}</dt>
            <dd>{metric ? <Metric {...metric} /> : "–"}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function EngineCard({ state }: { state: RunNews["state"] }) {
  const { engine, startedAt, finishedAt } = state;
  return (
    <Card title="Engine" aside={<RunStatusDot status={state.status} />}>
      {engine ? (
        <div className="flex flex-col gap-1">
          <div>
            {engine.name} <span className="text-dim">{engine.version}</span>
          </div>
          <div className="text-dim">
            {engine.library}, {engine.device}
          </div>
          <div className="text-dim">{engine.why}</div>
        </div>
      ) : (
        <p className="text-dim">Known as soon as a worker has taken the run.</p>
      )}
      <dl className="mt-3 flex gap-6 text-dim">
        <div>
          <dt className="text-[12px]">Started</dt>
          <dd>
            <RelativeTime at={startedAt} />
          </dd>
        </div>
        <div>
          <dt className="text-[12px]">Ended</dt>
          <dd>
            <RelativeTime at={finishedAt} />
          </dd>
        </div>
      </dl>
    </Card>
  );
}
