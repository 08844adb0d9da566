"use client";

import Link from "next/link";
import { LinkButton } from "@/app/_components/button";
import { Notice } from "@/app/_components/notice";
import { PageHeader } from "@/app/_components/page-header";
import { RelativeTime } from "@/app/_components/relative-time";
import { isOver, type PartMetrics } from "@/server/training/schema";
import { CancelButton } from "./cancel-button";
import { Course } from "./course";
import { Curves } from "./curves";
import { EngineCard } from "./engine-card";
import { RunLog } from "./run-log";
import { TestFigures } from "./test-figures";
import { type RunNews, useRunNews } from "./use-run-news";

type Props = {
  initial: RunNews;
  facts: {
    id: number;
    title: string;
    split: { id: number; name: string };
    weights: string | null;
    frozen: boolean;
    /** Those of the fine-tuning included. */
    epochs: number;
    /** In words; null without. */
    fineTuning: string | null;
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
            <Link
              href={`/splits/${facts.split.id}`}
              className="text-text underline decoration-faint underline-offset-2 hover:text-accent"
            >
              {facts.split.name}
            </Link>
            {facts.frozen
              ? facts.weights
                ? `, weights ${facts.weights}`
                : ", random weights"
              : ", from scratch"}
            {facts.fineTuning ? `, then ${facts.fineTuning}` : ""} · launched{" "}
            <RelativeTime at={facts.createdAt} /> by {facts.createdBy}
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
