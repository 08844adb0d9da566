import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import { recordAudit } from "@/server/audit/record";
import type { Transaction } from "@/server/db/client";
import { sweeps, sweepTrials } from "@/server/db/schema";
import { forgetShards, removeShards } from "../keep";
import { persist } from "../persist";
import type { RunEngine } from "../schema";
import { holding, type SweepHold, withSweep } from "./lease";
import { nextRound } from "./plans";
import type { TrialCurve, TrialMetrics } from "./schema";

/** What is written while a sweep is at work; nothing once it is over. */

export async function keepSweepEngine(
  hold: SweepHold,
  engine: RunEngine,
  codeVersion: string,
): Promise<void> {
  await written(hold, async (tx) => {
    await tx.update(sweeps).set({ engine, codeVersion }).where(eq(sweeps.id, hold.sweepId));
  });
}

/** Rows of features that were stored since. */
export async function keepSweepRows(hold: SweepHold, rows: number, seconds: number): Promise<void> {
  await written(hold, async (tx) => {
    await tx
      .update(sweeps)
      .set({
        seconds: sql`jsonb_build_object(
          'features', coalesce((${sweeps.seconds}->>'features')::float, 0) + ${seconds}::float,
          'extracted', coalesce((${sweeps.seconds}->>'extracted')::int, 0) + ${rows}::int)`,
      })
      .where(eq(sweeps.id, hold.sweepId));
  });
}

export async function keepExtraction(
  hold: SweepHold,
  progress: { done: number; total: number } | null,
): Promise<void> {
  await written(hold, async (tx) => {
    await tx.update(sweeps).set({ progress }).where(eq(sweeps.id, hold.sweepId));
  });
}

export async function dropSweepShards(
  hold: SweepHold,
  recipes: readonly string[],
  shards: readonly string[],
): Promise<void> {
  await written(hold, (tx) => forgetShards(tx, recipes, shards));
  await removeShards(shards);
}

export type FinishedTrial =
  | {
      readonly status: "done";
      readonly curve: TrialCurve;
      readonly valAccuracy: number;
      readonly valLoss: number;
      readonly metrics: TrialMetrics;
      readonly seconds: number;
    }
  | { readonly status: "failed"; readonly error: string };

/** A trial's end, and with the last one the next round of halving or the sweep's own end. */
export async function keepTrial(hold: SweepHold, trialId: number, finished: FinishedTrial): Promise<void> {
  await written(hold, async (tx) => {
    const { curve, ...figures } = finished.status === "done" ? finished : { ...finished, curve: null };
    const kept = await tx
      .update(sweepTrials)
      .set({
        ...figures,
        curve: curve && {
          loss: [...curve.loss],
          accuracy: [...curve.accuracy],
          valLoss: [...curve.valLoss],
          valAccuracy: [...curve.valAccuracy],
        },
        leaseToken: null,
        leaseExpiresAt: null,
        finishedAt: sql`now()`,
      })
      .where(holding(hold, trialId))
      .returning({ id: sweepTrials.id });
    // Taken by another meanwhile: its result will be the same.
    if (kept.length > 0) await settle(tx, hold.sweepId);
  });
}

/** Counts a try that came to nothing and lets the trial be taken anew; at `mostTries` it fails with the reason. */
export async function keepTrialCrash(
  hold: SweepHold,
  trial: { readonly id: number; readonly attempt: number },
  reason: string,
  mostTries: number,
): Promise<void> {
  if (trial.attempt >= mostTries) {
    const error = `${reason} Given up after ${trial.attempt} tries.`;
    return keepTrial(hold, trial.id, { status: "failed", error });
  }
  await written(hold, async (tx) => {
    await tx
      .update(sweepTrials)
      .set({ status: "waiting", leaseToken: null, leaseExpiresAt: null })
      .where(holding(hold, trial.id));
  });
}

/** Ends a sweep that cannot go on. */
export async function failSweep(hold: SweepHold, error: string): Promise<void> {
  await written(hold, (tx) => close(tx, hold.sweepId, "failed", error));
}

async function settle(tx: Transaction, sweepId: number): Promise<void> {
  const trials = await tx
    .select()
    .from(sweepTrials)
    .where(eq(sweepTrials.sweepId, sweepId))
    .orderBy(desc(sweepTrials.valAccuracy), asc(sweepTrials.valLoss), asc(sweepTrials.number));
  if (trials.some(({ status }) => status === "waiting" || status === "running")) return;
  const done = trials.filter(({ status }) => status === "done");
  if (done.length === 0) return close(tx, sweepId, "failed", trials[0]?.error ?? "No trial came to an end.");
  const [sweep] = await tx.select({ plan: sweeps.plan }).from(sweeps).where(eq(sweeps.id, sweepId));
  const round = Math.max(...trials.map((trial) => trial.round));
  const ranked = done.filter((trial) => trial.round === round).map(({ parameters }) => parameters);
  const first = trials.filter((trial) => trial.round === 0).length;
  const next = sweep?.plan === "halving" ? nextRound(ranked, round, first) : [];
  if (next.length === 0) return close(tx, sweepId, "done", null);
  await tx
    .insert(sweepTrials)
    .values(next.map((trial, at) => ({ ...trial, sweepId, number: trials.length + at + 1 })));
}

async function close(
  tx: Transaction,
  sweepId: number,
  status: "done" | "failed",
  error: string | null,
): Promise<void> {
  await tx
    .update(sweeps)
    .set({
      status,
      error,
      leaseToken: null,
      leaseExpiresAt: null,
      progress: null,
      finishedAt: sql`now()`,
    })
    .where(and(eq(sweeps.id, sweepId), inArray(sweeps.status, ["queued", "running"])));
  await recordAudit(tx, { kind: "system", part: "worker" }, [
    {
      action: `sweep.${status}`,
      object: { type: "sweep", id: sweepId },
      ...(error ? { detail: { reason: error } } : {}),
    },
  ]);
}

/** A database that restarts costs a sweep nothing; one that is over takes no more. */
async function written(hold: SweepHold, write: (tx: Transaction) => Promise<void>): Promise<void> {
  await persist(async () => {
    await withSweep(hold.sweepId, write);
  });
}
