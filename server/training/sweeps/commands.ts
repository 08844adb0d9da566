import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { command } from "@/server/auth/command";
import { sweeps, sweepTrials } from "@/server/db/schema";
import { enqueue } from "@/server/jobs/queue";
import { fail, ok } from "@/server/lib/errors";
import { queuedRow } from "../prepare-launch";
import { isOver, type RunStatus } from "../schema";
import { firstTrials } from "./plans";
import { prepareSweep } from "./prepare-sweep";
import { sweepInput, trialsOf } from "./schema";

/** As many workers may be at one sweep: each takes one of its jobs. */
const mostWorkers = 8;

/**
 * Puts a sweep and its trials on the queue in one transaction. Sent again with the same key it answers with the
 * sweep that is there.
 * Errors: those of `prepareSweep`.
 */
export const createSweep = command({
  name: "sweep.create",
  permission: "training.launch",
  input: sweepInput,
  async run({ tx, actor, input, audit }) {
    const prepared = await prepareSweep(tx, input);
    if (!prepared.ok) return prepared;
    const { split, configuration } = prepared.value;
    const [row] = await tx
      .insert(sweeps)
      .values({
        ...queuedRow(prepared.value, { actor, idempotencyKey: input.idempotencyKey }),
        plan: input.plan,
      })
      .onConflictDoNothing({ target: sweeps.idempotencyKey })
      .returning({ id: sweeps.id });
    if (!row) {
      const [there] = await tx
        .select({ id: sweeps.id, status: sweeps.status })
        .from(sweeps)
        .where(eq(sweeps.idempotencyKey, input.idempotencyKey ?? ""));
      if (!there) return fail("conflict", "The sweep could not be started. Try again.");
      audit({ action: "sweep.create-repeated", object: { type: "sweep", id: there.id } });
      return ok({ sweep: there.id, status: there.status });
    }
    const trials = firstTrials(input.plan, trialsOf(input), configuration.training.seed);
    await tx
      .insert(sweepTrials)
      .values(trials.map((trial, at) => ({ ...trial, sweepId: row.id, number: at + 1 })));
    for (let worker = 0; worker < mostWorkers; worker++) await enqueue(tx, "sweep", { sweepId: row.id });
    audit({
      action: "sweep.created",
      object: { type: "sweep", id: row.id },
      after: { split: split.name, plan: input.plan, trials: trials.length, configuration },
    });
    return ok({ sweep: row.id, status: "queued" as RunStatus });
  },
});

export const sweepReference = z.object({ sweep: z.number().int().positive() });

/**
 * Ends a sweep: workers stop within seconds, and the trials that are done stay.
 * Errors: not-found, conflict (it is over already).
 */
export const cancelSweep = command({
  name: "sweep.cancel",
  permission: "training.launch",
  input: sweepReference,
  async run({ tx, input, audit }) {
    const [row] = await tx.select().from(sweeps).where(eq(sweeps.id, input.sweep)).for("update");
    if (!row) return fail("not-found", `There is no sweep ${input.sweep}.`);
    if (isOver(row.status)) return fail("conflict", `Sweep ${row.id} is over already: it is ${row.status}.`);
    await tx
      .update(sweeps)
      .set({
        status: "cancelled",
        leaseToken: null,
        leaseExpiresAt: null,
        progress: null,
        finishedAt: sql`now()`,
      })
      .where(eq(sweeps.id, row.id));
    await tx
      .update(sweepTrials)
      .set({ status: "waiting", leaseToken: null, leaseExpiresAt: null })
      .where(sql`${sweepTrials.sweepId} = ${row.id} and ${sweepTrials.status} = 'running'`);
    audit({
      action: "sweep.cancelled",
      object: { type: "sweep", id: row.id },
      before: { status: row.status },
    });
    return ok({ sweep: row.id, status: "cancelled" as RunStatus });
  },
});
