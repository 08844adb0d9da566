import { and, eq, sql } from "drizzle-orm";
import { database, type Transaction } from "@/server/db/client";
import { sweeps, sweepTrials } from "@/server/db/schema";
import { leaseSeconds } from "../lease";
import { isOver } from "../schema";

/** The right to write to what one worker holds of a sweep: its trials, and the extraction while it does that. */
export type SweepHold = { readonly sweepId: number; readonly token: string };

export type TakenSweep = typeof sweeps.$inferSelect;
export type TakenTrial = typeof sweepTrials.$inferSelect;

const expiry = sql`now() + ${`${leaseSeconds} seconds`}::interval`;

/** Marks a sweep as begun. @returns null when it is over, or there is none */
export async function beginSweep(sweepId: number): Promise<TakenSweep | null> {
  const [row] = await database()
    .update(sweeps)
    .set({ status: "running", startedAt: sql`coalesce(${sweeps.startedAt}, now())` })
    .where(and(eq(sweeps.id, sweepId), sql`${sweeps.status} in ('queued', 'running')`))
    .returning();
  return row ?? null;
}

/** Takes the extraction of features, which one worker does at a time; false while another is alive on it. */
export async function takeExtraction({ sweepId, token }: SweepHold): Promise<boolean> {
  const taken = await database()
    .update(sweeps)
    .set({ leaseToken: token, leaseExpiresAt: expiry })
    .where(
      and(
        eq(sweeps.id, sweepId),
        eq(sweeps.status, "running"),
        sql`(${sweeps.leaseExpiresAt} is null or ${sweeps.leaseExpiresAt} < now() or ${sweeps.leaseToken} = ${token})`,
      ),
    )
    .returning({ id: sweeps.id });
  return taken.length > 0;
}

/** Takes the next trial that waits or whose holder is dead; several workers take different ones. */
export async function takeTrial({ sweepId, token }: SweepHold): Promise<TakenTrial | null> {
  const [trial] = await database()
    .update(sweepTrials)
    .set({
      status: "running",
      leaseToken: token,
      leaseExpiresAt: expiry,
      attempt: sql`${sweepTrials.attempt} + 1`,
    })
    .where(
      sql`${sweepTrials.id} = (
        select t.id from sweep_trials t
        where t.sweep_id = ${sweepId}
          and (t.status = 'waiting' or (t.status = 'running' and t.lease_expires_at < now()))
          and exists (select from sweeps s where s.id = ${sweepId} and s.status = 'running')
        order by t.number limit 1 for update skip locked)`,
    )
    .returning();
  return trial ?? null;
}

/** Keeps alive what a worker holds. @returns whether the sweep goes on */
export async function renewHold({ sweepId, token }: SweepHold): Promise<boolean> {
  await database().update(sweepTrials).set({ leaseExpiresAt: expiry }).where(holding({ sweepId, token }));
  const [row] = await database()
    .update(sweeps)
    .set({
      leaseExpiresAt: sql`case when ${sweeps.leaseToken} = ${token} then ${expiry} else ${sweeps.leaseExpiresAt} end`,
    })
    .where(eq(sweeps.id, sweepId))
    .returning({ status: sweeps.status });
  return row !== undefined && !isOver(row.status);
}

/** Gives everything back, for others to go on; a stop that was asked for counts as no try. */
export async function releaseHold({ sweepId, token }: SweepHold): Promise<void> {
  await releaseExtraction({ sweepId, token });
  await database()
    .update(sweepTrials)
    .set({
      status: "waiting",
      leaseToken: null,
      leaseExpiresAt: null,
      attempt: sql`greatest(${sweepTrials.attempt} - 1, 0)`,
    })
    .where(holding({ sweepId, token }));
}

export async function releaseExtraction({ sweepId, token }: SweepHold): Promise<void> {
  await database()
    .update(sweeps)
    .set({ leaseToken: null, leaseExpiresAt: null })
    .where(and(eq(sweeps.id, sweepId), eq(sweeps.leaseToken, token)));
}

/**
 * Runs a write in one transaction that holds the sweep's row, so that no two workers settle it at once.
 * @returns false, and nothing written, when the sweep is over
 */
export function withSweep(sweepId: number, write: (tx: Transaction) => Promise<void>): Promise<boolean> {
  return database().transaction(async (tx) => {
    const [row] = await tx
      .select({ status: sweeps.status })
      .from(sweeps)
      .where(eq(sweeps.id, sweepId))
      .for("update");
    if (!row || isOver(row.status)) return false;
    await write(tx);
    return true;
  });
}

/** The trial, or all of a worker's, while it holds them. */
export function holding({ sweepId, token }: SweepHold, trialId?: number) {
  return and(
    eq(sweepTrials.sweepId, sweepId),
    eq(sweepTrials.leaseToken, token),
    eq(sweepTrials.status, "running"),
    trialId === undefined ? undefined : eq(sweepTrials.id, trialId),
  );
}
