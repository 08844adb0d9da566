import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { eq, sql } from "drizzle-orm";
import { database } from "@/server/db/client";
import { workers } from "@/server/db/schema";
import { type JobKind, type JobKinds, jobQueues } from "@/server/jobs/kinds";
import { closeQueue, jobQueue } from "@/server/jobs/queue";
import { messageOf } from "@/server/lib/errors";
import { log } from "@/server/lib/log";
import { handlers } from "./handlers";

export type JobContext = { readonly workerId: string; readonly signal: AbortSignal };
export type JobHandler<Kind extends JobKind> = (
  message: JobKinds[Kind],
  context: JobContext,
) => Promise<void>;

const beatMs = 5_000;

/** Takes jobs of every kind, one of each at a time, until stopped; beats in `workers` while it lives. */
export async function startWorker(): Promise<{ id: string; stop(): Promise<void> }> {
  const id = randomUUID();
  const stopping = new AbortController();
  await database().insert(workers).values({ id, host: hostname(), pid: process.pid });
  const beat = setInterval(() => {
    database()
      .update(workers)
      .set({ seenAt: sql`now()` })
      .where(eq(workers.id, id))
      .catch((error: unknown) => log("worker").warn({ err: error }, "heartbeat not written"));
  }, beatMs);
  const boss = await jobQueue(true);
  for (const kind of Object.keys(jobQueues) as JobKind[]) {
    await boss.work<JobKinds[typeof kind]>(
      kind,
      { pollingIntervalSeconds: 0.5, batchSize: 1 },
      async ([job]) => {
        if (!job) return;
        const signal = AbortSignal.any([stopping.signal, job.signal]);
        try {
          await (handlers[kind] as JobHandler<typeof kind>)(job.data, { workerId: id, signal });
        } catch (error) {
          const told = { err: error, kind, job: job.id };
          // Whoever is stopped gives the job back: that is no failure of its own.
          if (signal.aborted) log("worker").info(told, "job given back");
          else log("worker").error(told, "job failed");
          throw new Error(messageOf(error), { cause: error });
        }
      },
    );
  }
  return {
    id,
    async stop() {
      clearInterval(beat);
      stopping.abort();
      await closeQueue();
      await database().delete(workers).where(eq(workers.id, id));
    },
  };
}
