import { and, asc, desc, eq, gt, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { query } from "@/server/auth/command";
import { cohorts, labelSets, runEpochs, runLog, runs, splits, weights } from "@/server/db/schema";
import { fail, ok } from "@/server/lib/errors";
import { runDetail, runState } from "./run-views";
import { runConfiguration } from "./schema";

const runInput = z.object({ run: z.number().int().positive() });

/** A run with everything that tells it apart, its epochs and its metrics. Errors: not-found. */
export const showRun = query({
  name: "run.show",
  permission: "training.view",
  input: runInput,
  async run({ db, input }) {
    const [row] = await db
      .select({ run: runs, split: splits, cohort: cohorts, labelSet: labelSets.name, weights: weights.name })
      .from(runs)
      .innerJoin(splits, eq(splits.id, runs.splitId))
      .innerJoin(cohorts, eq(cohorts.id, splits.cohortId))
      .leftJoin(labelSets, eq(labelSets.id, runs.labelSetId))
      .leftJoin(weights, eq(weights.id, runs.weightsId))
      .where(eq(runs.id, input.run));
    if (!row) return fail("not-found", `There is no run ${input.run}.`);
    const epochs = await db
      .select()
      .from(runEpochs)
      .where(eq(runEpochs.runId, input.run))
      .orderBy(asc(runEpochs.epoch));
    return ok(runDetail(row, epochs));
  },
});

const eventsInput = runInput.extend({
  /** What the asker has already: the last epoch and the last line of the log. */
  afterEpoch: z.number().int().min(0).default(0),
  afterLine: z.number().int().min(0).default(0),
});

/** What is new of a run since the asker last looked; the live page asks once a second. Errors: not-found. */
export const runNews = query({
  name: "run.news",
  permission: "training.view",
  input: eventsInput,
  async run({ db, input }) {
    // State first: epochs and lines that come after it are then in this answer or in the next.
    const [row] = await db.select().from(runs).where(eq(runs.id, input.run));
    if (!row) return fail("not-found", `There is no run ${input.run}.`);
    const epochs = await db
      .select()
      .from(runEpochs)
      .where(and(eq(runEpochs.runId, input.run), gt(runEpochs.epoch, input.afterEpoch)))
      .orderBy(asc(runEpochs.epoch));
    const lines = await db
      .select()
      .from(runLog)
      .where(and(eq(runLog.runId, input.run), gt(runLog.id, input.afterLine)))
      .orderBy(asc(runLog.id))
      .limit(500);
    return ok({
      state: runState(row),
      epochs: epochs.map(({ epoch, loss, accuracy, valLoss, valAccuracy, fineTuned }) => ({
        epoch,
        loss,
        accuracy,
        valLoss,
        valAccuracy,
        fineTuned,
      })),
      log: lines.map(({ id, at, level, line }) => ({ id, at: at.toISOString(), level, line })),
    });
  },
});

const listInput = z.object({
  /** Only runs before this one: the last of the page before. */
  before: z.number().int().positive().optional(),
  limit: z.number().int().min(1).max(200).default(50),
  /** Only runs that have a model. */
  finished: z.boolean().default(false),
});

/** Runs, newest first, each with the curve of its validation (else training) accuracy. */
export const listRuns = query({
  name: "run.list",
  permission: "training.view",
  input: listInput,
  async run({ db, input }) {
    const curve = sql<number[] | null>`(
      select json_agg(coalesce(e.val_accuracy, e.accuracy) order by e.epoch)
      from run_epochs e where e.run_id = ${runs.id})`;
    const rows = await db
      .select({ run: runs, split: splits.name, cohort: cohorts.name, weights: weights.name, curve })
      .from(runs)
      .innerJoin(splits, eq(splits.id, runs.splitId))
      .innerJoin(cohorts, eq(cohorts.id, splits.cohortId))
      .leftJoin(weights, eq(weights.id, runs.weightsId))
      .where(
        and(
          input.before === undefined ? undefined : lt(runs.id, input.before),
          input.finished ? eq(runs.status, "done") : undefined,
        ),
      )
      .orderBy(desc(runs.id))
      .limit(input.limit + 1);
    const page = rows.slice(0, input.limit).map(({ run, ...names }) => ({
      ...runState(run),
      ...names,
      curve: names.curve ?? [],
      network: runConfiguration.parse(run.configuration).network,
      classes: run.classes,
      createdAt: run.createdAt.toISOString(),
      createdBy: run.createdBy,
      seconds: run.seconds,
      metrics: run.metrics,
    }));
    return ok({ rows: page, next: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null });
  },
});

/** Imported weights, by name. */
export const listWeights = query({
  name: "weights.list",
  permission: "training.view",
  input: z.object({}),
  async run({ db }) {
    const rows = await db.select().from(weights).orderBy(asc(weights.name)).limit(500);
    return ok(
      rows.map((row) => ({
        id: row.id,
        name: row.name,
        network: row.network,
        format: row.format,
        parameters: row.parameters,
        preprocess: row.preprocess,
        ends: row.ends,
        outputs: row.outputs,
        missing: row.missing,
        unused: row.unused,
      })),
    );
  },
});
