import { type Actor, actorName } from "@/server/auth/actor";
import type { Executor } from "@/server/db/client";
import { auditLog } from "@/server/db/schema";

export type AuditEntry = {
  /** What was done, noun first: `split.mended`, `image.viewed`. */
  readonly action: string;
  readonly object?: { readonly type: string; readonly id: string | number };
  readonly before?: unknown;
  readonly after?: unknown;
  readonly detail?: Record<string, unknown>;
};

/**
 * Appends rows to the trail. Call it last in a transaction: from here to the commit other writers wait (the
 * hash chain has one end).
 */
export async function recordAudit(
  executor: Executor,
  actor: Actor,
  entries: readonly AuditEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({
    // The trigger numbers, dates and chains the row; these are placeholders that it replaces.
    id: 0,
    at: new Date(0),
    previousHash: "",
    hash: "",
    actor: actorName(actor),
    userId: actor.kind === "person" ? actor.userId : null,
    action: entry.action,
    objectType: entry.object?.type ?? null,
    objectId: entry.object === undefined ? null : String(entry.object.id),
    detail: {
      ...entry.detail,
      ...(entry.before === undefined ? {} : { before: entry.before }),
      ...(entry.after === undefined ? {} : { after: entry.after }),
    },
  }));
  await executor.insert(auditLog).values(rows);
}
