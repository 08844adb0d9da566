import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Actor } from "@/server/auth/actor";
import { command, query } from "@/server/auth/command";
import { runs, sweeps, sweepTrials, weights } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";
import { launchRun } from "../commands";
import { type LaunchInput, launchInput, type RunStatus, runConfiguration } from "../schema";

const promoteInput = z.object({
  sweep: z.number().int().positive(),
  /** Number of the trial within the sweep. */
  trial: z.number().int().positive(),
});

/**
 * Launches a trial's options as a full run: with model, intervals, predictions and errors to review. Asked
 * twice, it answers with the same run, unless that failed or was cancelled.
 * Errors: not-found, conflict (the trial is not done), those of a launch.
 */
export async function promoteTrial(
  actor: Actor,
  input: z.input<typeof promoteInput>,
): Promise<Result<{ run: number; status: RunStatus }>> {
  const launch = await launchOf(actor, input);
  if (!launch.ok) return launch;
  const launched = await launchRun(actor, launch.value);
  if (!launched.ok) return launched;
  const noted = await notePromotion(actor, { ...input, run: launched.value.run });
  return noted.ok ? launched : noted;
}

/** The launch that gives a trial's head again. */
const launchOf = query({
  name: "sweep.trial-launch",
  permission: "training.launch",
  input: promoteInput,
  async run({ db, input }) {
    const [found] = await db
      .select({ sweep: sweeps, trial: sweepTrials, weights: weights.name, before: runs.status })
      .from(sweepTrials)
      .innerJoin(sweeps, eq(sweeps.id, sweepTrials.sweepId))
      .leftJoin(weights, eq(weights.id, sweeps.weightsId))
      .leftJoin(runs, eq(runs.id, sweepTrials.runId))
      .where(and(eq(sweepTrials.sweepId, input.sweep), eq(sweepTrials.number, input.trial)));
    if (!found) return fail("not-found", `Sweep ${input.sweep} has no trial ${input.trial}.`);
    const { sweep, trial } = found;
    if (trial.status !== "done") {
      return fail(
        "conflict",
        `Trial ${trial.number} is ${trial.status}: only one that is done can be launched.`,
      );
    }
    const configuration = runConfiguration.parse(sweep.configuration);
    const launch: LaunchInput = launchInput.parse({
      split: sweep.splitId,
      network: configuration.network,
      weights: found.weights ?? undefined,
      preset: configuration.preset ?? undefined,
      augmentedViews: configuration.augmentedViews,
      rotation: configuration.rotation,
      classWeights: configuration.training.classWeights,
      seed: configuration.training.seed,
      ...trial.parameters,
      idempotencyKey: keyOf(trial.id, isLost(found.before) ? trial.runId : null),
    });
    return ok(launch);
  },
});

const notePromotion = command({
  name: "sweep.promote",
  permission: "training.launch",
  input: promoteInput.extend({ run: z.number().int().positive() }),
  async run({ tx, input, audit }) {
    await tx
      .update(sweepTrials)
      .set({ runId: input.run })
      .where(and(eq(sweepTrials.sweepId, input.sweep), eq(sweepTrials.number, input.trial)));
    const after = { trial: input.trial, run: input.run };
    audit({ action: "sweep.promoted", object: { type: "sweep", id: input.sweep }, after });
    return ok(null);
  },
});

function isLost(status: RunStatus | null): boolean {
  return status === "failed" || status === "cancelled";
}

/**
 * A key that a trial always has: the same trial makes one run however often it is asked for, and one more only
 * in the place of a run that came to nothing.
 */
function keyOf(trialId: number, lostRun: number | null): string {
  const what = `overread sweep trial ${trialId}${lostRun === null ? "" : ` after run ${lostRun}`}`;
  const hex = createHash("sha256").update(what).digest("hex");
  // Version 8 of RFC 9562: a UUID of the application's own making.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
