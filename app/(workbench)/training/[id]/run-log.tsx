import { Card } from "@/app/_components/card";
import type { RunLogLine } from "@/server/training/schema";

const tones = { info: "text-dim", warn: "text-leak", error: "text-danger" } as const;

/** What the worker said, newest first: the latest line is the one that is looked for. */
export function RunLog({ lines }: { lines: readonly RunLogLine[] }) {
  return (
    <Card title="Log">
      {lines.length === 0 ? (
        <p className="text-dim">Nothing yet.</p>
      ) : (
        <ol
          className="flex max-h-[360px] flex-col gap-2 overflow-y-auto"
          aria-label="Log of the run, newest first"
        >
          {lines.toReversed().map(({ id, at, level, line }) => (
            <li key={id} className="grid grid-cols-[60px_1fr] gap-2">
              <time dateTime={at} className="text-faint tabular-nums" title={at}>
                {at.slice(11, 19)}
              </time>
              <span className={`min-w-0 [overflow-wrap:anywhere] ${tones[level]}`}>{line}</span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
