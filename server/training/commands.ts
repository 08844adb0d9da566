import { eq, sql } from "drizzle-orm";
import { command } from "@/server/auth/command";
import { runLog, runs } from "@/server/db/schema";
import { enqueue } from "@/server/jobs/queue";
import { fail, ok } from "@/server/lib/errors";
import { leakSentence, leaksOf } from "./leaks";
import { trainableNetworks } from "./networks";
import { type PreparedLaunch, prepareLaunch, queuedRow } from "./prepare-launch";
import { cancelInput, isOver, launchInput, type RunStatus } from "./schema";

/**
 * Puts a training run on the queue: the row with everything that decides its numbers, and its job, in one
 * transaction. Sent again with the same key it answers with the run that is there.
 * Errors: those of `prepareLaunch`.
 */
export const launchRun = command({
  name: "run.launch",
  permission: "training.launch",
  input: launchInput,
  async run({ tx, actor, input, audit }) {
    const prepared = await prepareLaunch(tx, input);
    if (!prepared.ok) return prepared;
    const { split, cohort, configuration } = prepared.value;
    const [row] = await tx
      .insert(runs)
      .values({
        ...queuedRow(prepared.value, { actor, idempotencyKey: input.idempotencyKey }),
        labelSetId: cohort.labelSetId,
        seed: configuration.training.seed,
      })
      .onConflictDoNothing({ target: runs.idempotencyKey })
      .returning({ id: runs.id });
    if (row) {
      await enqueue(tx, "train", { runId: row.id });
      const warnings = warningsOf(prepared.value);
      if (warnings.length > 0) {
        await tx
          .insert(runLog)
          .values(warnings.map((line) => ({ runId: row.id, level: "warn" as const, line })));
      }
      audit({
        action: "run.launched",
        object: { type: "run", id: row.id },
        after: { split: split.name, configuration },
      });
      return ok({ run: row.id, status: "queued" as RunStatus });
    }
    const [there] = await tx
      .select({ id: runs.id, status: runs.status })
      .from(runs)
      .where(eq(runs.idempotencyKey, input.idempotencyKey ?? ""));
    if (!there) return fail("conflict", "The run could not be launched. Try again.");
    audit({ action: "run.launch-repeated", object: { type: "run", id: there.id } });
    return ok({ run: there.id, status: there.status });
  },
});

/**
 * Ends a run. One that nobody has taken yet is cancelled at once; one at work stops within seconds, between
 * two batches.
 * Errors: not-found, conflict (it is over already).
 */
export const cancelRun = command({
  name: "run.cancel",
  permission: "training.launch",
  input: cancelInput,
  async run({ tx, input, audit }) {
    const [row] = await tx.select().from(runs).where(eq(runs.id, input.run)).for("update");
    if (!row) return fail("not-found", `There is no run ${input.run}.`);
    if (isOver(row.status)) return fail("conflict", `Run ${row.id} is over already: it is ${row.status}.`);
    // Nobody is at work on it: it waits, or its worker died and no other has taken it up.
    const idle = row.leaseExpiresAt === null || row.leaseExpiresAt < new Date();
    await tx
      .update(runs)
      .set({
        cancelRequestedAt: sql`coalesce(${runs.cancelRequestedAt}, now())`,
        ...(idle ? { status: "cancelled" as const, leaseToken: null, finishedAt: sql`now()` } : {}),
      })
      .where(eq(runs.id, row.id));
    audit({ action: "run.cancelled", object: { type: "run", id: row.id }, before: { status: row.status } });
    return ok({ run: row.id, status: idle ? ("cancelled" as const) : row.status });
  },
});

/** What whoever reads the run's figures later has to know; stands first in its log. */
function warningsOf({ split, cohort, configuration }: PreparedLaunch): string[] {
  const leaks = leaksOf(split.audit, cohort.classes);
  const random =
    trainableNetworks[configuration.network].trained === "head" && configuration.weights === null;
  return [
    ...(leaks.length > 0 ? [`${leakSentence(leaks)}: the test figures flatter the model.`] : []),
    ...(random ? ["The frozen base has random weights: this is a dry run, not a model to use."] : []),
  ];
}
