import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { database, type Transaction } from "@/server/db/client";
import { runs } from "@/server/db/schema";
import { isOver, type RunProgress } from "./schema";

/** The right to write to a run. pg-boss has no fencing of its own, so every write names the token. */
export type Lease = { readonly runId: number; readonly token: string };

/** A holder that has not been heard of for so long is taken for dead. */
export const leaseSeconds = 30;

/** Somebody else holds the run now: whoever sees this must stop and write nothing more. */
export class LeaseLost extends Error {
  constructor(lease: Lease) {
    super(`The lease on run ${lease.runId} was lost`);
    this.name = "LeaseLost";
  }
}

export type TakenRun = typeof runs.$inferSelect;

/**
 * Takes a run that waits or whose holder is dead; of two workers that try, one gets it.
 * @returns "held" while somebody else is alive on it, "over" when there is nothing left to do
 */
export async function takeRun(
  runId: number,
): Promise<{ readonly lease: Lease; readonly run: TakenRun } | "held" | "over"> {
  const token = randomUUID();
  const [run] = await database()
    .update(runs)
    .set({
      status: "running",
      leaseToken: token,
      leaseExpiresAt: expiry,
      attempt: sql`${runs.attempt} + 1`,
      startedAt: sql`coalesce(${runs.startedAt}, now())`,
    })
    .where(
      and(
        eq(runs.id, runId),
        sql`${runs.status} in ('queued', 'running')`,
        sql`(${runs.leaseExpiresAt} is null or ${runs.leaseExpiresAt} < now())`,
      ),
    )
    .returning();
  if (run) return { lease: { runId, token }, run };
  const [there] = await database().select({ status: runs.status }).from(runs).where(eq(runs.id, runId));
  return there && !isOver(there.status) ? "held" : "over";
}

/**
 * Keeps a lease alive and notes how far the run is.
 * @returns "cancel" when somebody asked for the end, "lost" when the run belongs to another
 */
export async function renewLease(
  lease: Lease,
  progress: RunProgress | null,
): Promise<"held" | "cancel" | "lost"> {
  const [row] = await database()
    .update(runs)
    .set({ leaseExpiresAt: expiry, ...(progress ? { progress } : {}) })
    .where(holding(lease))
    .returning({ cancelRequestedAt: runs.cancelRequestedAt });
  if (!row) return "lost";
  return row.cancelRequestedAt ? "cancel" : "held";
}

/**
 * Runs writes in one transaction that holds the run's row, so that nobody can take it in between.
 * @throws LeaseLost when the run belongs to another; nothing is written then
 */
export function withLease<Value>(lease: Lease, write: (tx: Transaction) => Promise<Value>): Promise<Value> {
  return database().transaction(async (tx) => {
    const [row] = await tx.select({ id: runs.id }).from(runs).where(holding(lease)).for("update");
    if (!row) throw new LeaseLost(lease);
    return write(tx);
  });
}

/** Gives the run back, for another worker to go on; a stop that was asked for counts as no try. */
export async function releaseLease(lease: Lease): Promise<void> {
  await database()
    .update(runs)
    .set({ leaseToken: null, leaseExpiresAt: null, attempt: sql`greatest(${runs.attempt} - 1, 0)` })
    .where(holding(lease));
}

const expiry = sql`now() + ${`${leaseSeconds} seconds`}::interval`;

function holding({ runId, token }: Lease) {
  return and(eq(runs.id, runId), eq(runs.leaseToken, token), eq(runs.status, "running"));
}
