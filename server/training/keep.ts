import { and, eq, inArray, sql } from "drizzle-orm";
import { recordAudit } from "@/server/audit/record";
import type { Transaction } from "@/server/db/client";
import { database } from "@/server/db/client";
import { featureRows, objects, runEpochs, runLog, runs } from "@/server/db/schema";
import { objectStore } from "@/server/storage/open";
import type { StoredObject, TaskEvent } from "./child/protocol";
import { type Lease, withLease } from "./lease";
import type { RunEngine } from "./schema";

/** What is written while a run is at work. Each write holds the lease or writes nothing. */

export async function keepEngine(lease: Lease, engine: RunEngine, codeVersion: string): Promise<void> {
  await withLease(lease, async (tx) => {
    await tx.update(runs).set({ engine, codeVersion }).where(eq(runs.id, lease.runId));
    await addLine(
      tx,
      lease,
      "info",
      `${engine.name} engine: ${engine.library}, ${engine.device}. Overread ${codeVersion}.`,
    );
  });
}

export async function keepLine(lease: Lease, level: "info" | "warn" | "error", line: string): Promise<void> {
  await withLease(lease, (tx) => addLine(tx, lease, level, line));
}

/** An epoch and the checkpoint from which a run goes on after it, together. */
export async function keepEpoch(lease: Lease, event: Extract<TaskEvent, { on: "epoch" }>): Promise<void> {
  const { epoch, checkpoint } = event;
  const previous = await withLease(lease, async (tx) => {
    const [before] = await tx
      .select({ sha256: runs.checkpointSha256 })
      .from(runs)
      .where(eq(runs.id, lease.runId));
    await tx
      .insert(runEpochs)
      .values({ runId: lease.runId, ...epoch })
      .onConflictDoNothing();
    await noteObjects(tx, "checkpoint", [checkpoint]);
    await tx
      .update(runs)
      .set({ checkpointSha256: checkpoint.sha256, checkpointEpoch: epoch.epoch, attempt: 0 })
      .where(eq(runs.id, lease.runId));
    return before?.sha256 ?? null;
  });
  if (previous !== checkpoint.sha256) await dropCheckpoint(previous);
}

/** Deletes a checkpoint that no run stands on any more (equal runs have equal ones). */
export async function dropCheckpoint(sha256: string | null): Promise<void> {
  if (sha256 === null) return;
  const dropped = await database().execute(sql`
    delete from objects where sha256 = ${sha256} and kind = 'checkpoint'
      and not exists (select from runs where checkpoint_sha256 = ${sha256}) returning sha256`);
  if (dropped.length > 0) await objectStore().remove(sha256);
}

export type ShardRow = {
  readonly recipe: string;
  readonly view: number;
  readonly imageSha256: string;
  readonly row: number;
};

/** Rows of features that were stored since, which is a step forward; they serve every run of the same recipe. */
export async function keepExtraction(lease: Lease, rows: number, seconds: number): Promise<void> {
  await withLease(lease, async (tx) => {
    await tx
      .update(runs)
      .set({
        attempt: 0,
        seconds: sql`jsonb_build_object(
          'features', coalesce((${runs.seconds}->>'features')::float, 0) + ${seconds}::float,
          'training', coalesce((${runs.seconds}->>'training')::float, 0),
          'extracted', coalesce((${runs.seconds}->>'extracted')::int, 0) + ${rows}::int)`,
      })
      .where(eq(runs.id, lease.runId));
  });
}

/** The shard and its rows; features of the same recipe and image that are there are replaced. */
export async function storeShard(
  tx: Transaction,
  shard: { readonly object: StoredObject; readonly width: number },
  rows: readonly ShardRow[],
): Promise<void> {
  await noteObjects(tx, "features", [shard.object]);
  await tx
    .insert(featureRows)
    .values(rows.map((row) => ({ ...row, shardSha256: shard.object.sha256, width: shard.width })))
    .onConflictDoUpdate({
      target: [featureRows.recipe, featureRows.view, featureRows.imageSha256],
      set: { shardSha256: shard.object.sha256, row: sql`excluded.row`, width: shard.width },
    });
}

/** Forgets shards whose bytes were damaged, so that their features are extracted again. */
export async function dropShards(
  lease: Lease,
  recipes: readonly string[],
  shards: readonly string[],
): Promise<void> {
  await withLease(lease, async (tx) => {
    await forgetShards(tx, recipes, shards);
    const line = `${shards.length} stored shard(s) of features were damaged and are extracted again.`;
    await addLine(tx, lease, "warn", line);
  });
  await removeShards(shards);
}

/** The rows of damaged shards; their bytes go by `removeShards` once this is committed. */
export async function forgetShards(
  tx: Transaction,
  recipes: readonly string[],
  shards: readonly string[],
): Promise<void> {
  const damaged = and(
    inArray(featureRows.recipe, [...recipes]),
    inArray(featureRows.shardSha256, [...shards]),
  );
  await tx.delete(featureRows).where(damaged);
  await tx.delete(objects).where(inArray(objects.sha256, [...shards]));
}

/** Before the same bytes are stored again: the store takes an object that is there for whole. */
export async function removeShards(shards: readonly string[]): Promise<void> {
  for (const shard of shards) await objectStore().remove(shard);
}

/** Ends a run without a model. The checkpoint of one that failed is kept: it shows how far it had come. */
export async function closeRun(lease: Lease, status: "failed" | "cancelled", line: string): Promise<void> {
  const failed = status === "failed";
  const checkpoint = await withLease(lease, async (tx) => {
    const [before] = await tx.select().from(runs).where(eq(runs.id, lease.runId));
    await addLine(tx, lease, failed ? "error" : "warn", line);
    if (failed && before?.checkpointSha256) {
      await addLine(tx, lease, "info", `The checkpoint of epoch ${before.checkpointEpoch} is kept.`);
    }
    await tx
      .update(runs)
      .set({
        status,
        error: failed ? line : null,
        leaseToken: null,
        leaseExpiresAt: null,
        progress: null,
        ...(failed ? {} : { checkpointSha256: null }),
        finishedAt: sql`now()`,
      })
      .where(eq(runs.id, lease.runId));
    await recordAudit(tx, { kind: "system", part: "worker" }, [
      { action: `run.${status}`, object: { type: "run", id: lease.runId }, detail: { reason: line } },
    ]);
    return failed ? null : (before?.checkpointSha256 ?? null);
  });
  await dropCheckpoint(checkpoint);
}

/** Puts a run back that needs a GPU, for a worker that has one. */
export async function parkRun(lease: Lease): Promise<void> {
  await withLease(lease, async (tx) => {
    const [before] = await tx.select().from(runs).where(eq(runs.id, lease.runId));
    if (before?.progress?.phase !== "gpu") await addLine(tx, lease, "warn", waitsForGpu);
    await tx
      .update(runs)
      .set({
        status: "queued",
        leaseToken: null,
        leaseExpiresAt: null,
        attempt: sql`greatest(${runs.attempt} - 1, 0)`,
        progress: { phase: "gpu", done: 0, total: 1 },
      })
      .where(eq(runs.id, lease.runId));
  });
}

const waitsForGpu =
  "The run asks for a GPU and the worker that took it has none: it waits for one that has. “overread engine show” tells what a machine has.";

/** Counts a try that came to nothing. @returns the tries since the run last came forward */
export async function keepCrash(lease: Lease, line: string): Promise<number> {
  return withLease(lease, async (tx) => {
    await addLine(tx, lease, "warn", line);
    const [row] = await tx
      .update(runs)
      .set({ attempt: sql`${runs.attempt} + 1` })
      .where(eq(runs.id, lease.runId))
      .returning({ attempt: runs.attempt });
    return (row?.attempt ?? 1) - 1;
  });
}

export async function noteObjects(
  tx: Transaction,
  kind: string,
  stored: readonly StoredObject[],
): Promise<void> {
  if (stored.length === 0) return;
  await tx
    .insert(objects)
    .values(stored.map(({ sha256, bytes }) => ({ sha256, bytes, kind })))
    .onConflictDoNothing();
}

export async function addLine(
  tx: Transaction,
  lease: Lease,
  level: "info" | "warn" | "error",
  line: string,
): Promise<void> {
  await tx.insert(runLog).values({ runId: lease.runId, level, line });
}
