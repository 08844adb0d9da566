import type { RunStatus } from "@/server/training/schema";

const looks: Record<RunStatus, { dot: string; word: string }> = {
  queued: { dot: "border border-dim", word: "text-dim" },
  running: { dot: "bg-accent motion-safe:animate-pulse", word: "text-text" },
  done: { dot: "bg-test", word: "text-text" },
  failed: { dot: "bg-leak", word: "text-leak" },
  cancelled: { dot: "border border-faint", word: "text-faint" },
};

/** Where a run stands: a dot and its word. */
export function RunStatusDot({ status }: { status: RunStatus }) {
  const { dot, word } = looks[status];
  return (
    <span className={`inline-flex items-center gap-1.5 ${word}`}>
      <span aria-hidden className={`size-2 rounded-full ${dot}`} />
      {status}
    </span>
  );
}
