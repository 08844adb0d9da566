import { Card } from "@/app/_components/card";
import { RelativeTime } from "@/app/_components/relative-time";
import type { RunState } from "@/server/training/schema";
import { RunStatusDot } from "../run-status";

/** What computes the run, and why that. */
export function EngineCard({ state }: { state: RunState }) {
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
