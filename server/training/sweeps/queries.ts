import { asc, desc, eq, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { query } from "@/server/auth/command";
import { cohorts, splits, sweeps, sweepTrials, weights } from "@/server/db/schema";
import { fail, ok } from "@/server/lib/errors";
import { estimateRun } from "../estimate";
import { leaksOf } from "../leaks";
import { epochsOfPlan } from "./plans";
import { prepareSweep } from "./prepare-sweep";
import { sweepInput, trialsOf } from "./schema";
import { sweepDetail, sweepListed, trialView } from "./sweep-views";

/** A sweep and all its trials, the best by validation accuracy first. Errors: not-found. */
export const showSweep = query({
  name: "sweep.show",
  permission: "training.view",
  input: z.object({ sweep: z.number().int().positive() }),
  async run({ db, input }) {
    const [row] = await db
      .select({ sweep: sweeps, split: splits, cohort: cohorts.name, weights: weights.name })
      .from(sweeps)
      .innerJoin(splits, eq(splits.id, sweeps.splitId))
      .innerJoin(cohorts, eq(cohorts.id, splits.cohortId))
      .leftJoin(weights, eq(weights.id, sweeps.weightsId))
      .where(eq(sweeps.id, input.sweep));
    if (!row) return fail("not-found", `There is no sweep ${input.sweep}.`);
    const trials = await db
      .select()
      .from(sweepTrials)
      .where(eq(sweepTrials.sweepId, input.sweep))
      // Of equal accuracies the lower loss is the better one, as the published table has it within its rows.
      .orderBy(
        sql`${sweepTrials.valAccuracy} desc nulls last`,
        asc(sweepTrials.valLoss),
        asc(sweepTrials.number),
      );
    return ok(sweepDetail(row, trials.map(trialView)));
  },
});

const listInput = z.object({
  /** Only sweeps before this one: the last of the page before. */
  before: z.number().int().positive().optional(),
  limit: z.number().int().min(1).max(200).default(50),
});

/** Sweeps, newest first, each with how far it is and its best validation accuracy. */
export const listSweeps = query({
  name: "sweep.list",
  permission: "training.view",
  input: listInput,
  async run({ db, input }) {
    const rows = await db
      .select({
        sweep: sweeps,
        split: splits.name,
        weights: weights.name,
        trials: sql<number>`(select count(*)::int from sweep_trials t where t.sweep_id = ${sweeps.id})`,
        done: sql<number>`(select count(*)::int from sweep_trials t
          where t.sweep_id = ${sweeps.id} and t.status in ('done', 'failed'))`,
        best: sql<
          number | null
        >`(select max(t.val_accuracy) from sweep_trials t where t.sweep_id = ${sweeps.id})`,
      })
      .from(sweeps)
      .innerJoin(splits, eq(splits.id, sweeps.splitId))
      .leftJoin(weights, eq(weights.id, sweeps.weightsId))
      .where(input.before === undefined ? undefined : lt(sweeps.id, input.before))
      .orderBy(desc(sweeps.id))
      .limit(input.limit + 1);
    const page = rows.slice(0, input.limit).map(sweepListed);
    return ok({ rows: page, next: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null });
  },
});

/**
 * What a sweep would do, before it is one: how many trials, epochs in all, the time, and whether the split leaks.
 * Errors: those of the sweep itself.
 */
export const planSweep = query({
  name: "sweep.plan",
  permission: "training.launch",
  input: sweepInput,
  async run({ db, input }) {
    const prepared = await prepareSweep(db, input);
    if (!prepared.ok) return prepared;
    const { configuration, split, cohort } = prepared.value;
    const epochs = epochsOfPlan(input.plan, trialsOf(input), configuration.training.seed);
    const training = { ...configuration.training, epochs };
    return ok({
      split: { id: split.id, name: split.name },
      trials: trialsOf(input),
      epochs,
      configuration,
      leaks: leaksOf(split.audit, cohort.classes),
      // As one run with the epochs of all trials: the features are shared by them in either case.
      estimate: await estimateRun(db, { ...prepared.value, configuration: { ...configuration, training } }),
    });
  },
});
