import { sql } from "drizzle-orm";
import { fromDrizzle, PgBoss } from "pg-boss";
import type { Transaction } from "@/server/db/client";
import { env } from "@/server/lib/env";
import { log } from "@/server/lib/log";
import { type JobKind, type JobKinds, jobQueues } from "./kinds";

const kept = globalThis as { overreadQueue?: Promise<PgBoss> };

/**
 * This process's connection to the queue (pg-boss, in the same PostgreSQL).
 * @param supervise true in workers, which also look after dead jobs
 */
export function jobQueue(supervise = false): Promise<PgBoss> {
  kept.overreadQueue ??= connect(supervise).catch((error: unknown) => {
    delete kept.overreadQueue;
    throw error;
  });
  return kept.overreadQueue;
}

/**
 * Queues a job within a transaction: it exists exactly when the rows that it is about exist.
 * @param afterSeconds keeps it from the workers that long
 */
export async function enqueue<Kind extends JobKind>(
  tx: Transaction,
  kind: Kind,
  message: JobKinds[Kind],
  afterSeconds = 0,
): Promise<void> {
  const boss = await jobQueue();
  await boss.send(kind, message, { db: fromDrizzle(tx, sql), startAfter: afterSeconds });
}

/** Leaves the queue; jobs in work are given `graceMs` to finish. */
export async function closeQueue(graceMs = 5_000): Promise<void> {
  const open = kept.overreadQueue;
  delete kept.overreadQueue;
  const boss = await open?.catch(() => undefined);
  await boss?.stop({ graceful: true, timeout: graceMs, close: true });
}

async function connect(supervise: boolean): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: env().DATABASE_URL,
    application_name: "overread-queue",
    max: supervise ? 4 : 2,
    supervise,
    schedule: false,
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
  });
  boss.on("error", (error) => log("queue").error({ err: error }, "queue error"));
  await boss.start();
  for (const [kind, settings] of Object.entries(jobQueues)) {
    if ((await boss.getQueue(kind)) === null) await boss.createQueue(kind, settings);
  }
  return boss;
}
