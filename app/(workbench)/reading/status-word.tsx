import type { WorklistStatus } from "@/server/reading/schema";

const looks: Record<WorklistStatus, { dot: string; word: string }> = {
  open: { dot: "bg-accent", word: "text-text" },
  paused: { dot: "border border-dim", word: "text-dim" },
  closed: { dot: "border border-faint", word: "text-faint" },
};

/** Whether a worklist hands out studies: a dot and its word. */
export function StatusWord({ status }: { status: WorklistStatus }) {
  const { dot, word } = looks[status];
  return (
    <span className={`inline-flex items-center gap-1.5 ${word}`}>
      <span aria-hidden className={`size-2 rounded-full ${dot}`} />
      {status}
    </span>
  );
}
