import { eq, sql } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import { runs } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";

/** Parts are numbered training, validation, test: only what a model never saw counts. */
const testPart = 2;

/** A finished run that predicted test images of studies that were read for a worklist. */
export type ComparableModel = {
  readonly run: number;
  readonly network: string;
  readonly classes: readonly string[];
  readonly studies: number;
};

/** Runs that can be held against the readers of a worklist, newest first. */
export async function comparableModels(db: Executor, worklistId: number): Promise<ComparableModel[]> {
  const rows = await db.execute<Omit<ComparableModel, "run"> & { run: string }>(sql`
    select r.id as run, r.network, r.classes, count(distinct i.study_id)::int as studies
    from images i join predictions p on p.image_id = i.id and p.part = ${testPart} join runs r on r.id = p.run_id
    where r.status = 'done' and i.study_id in (select study_id from reads where worklist_id = ${worklistId})
    group by r.id order by r.id desc limit 50`);
  return rows.map((row) => ({ ...row, run: Number(row.run) }));
}

/**
 * What a run gives a class, per study: the most that any of its test images gets, as CheXpert's authors take a
 * study's views together (Irvin et al. 2019, section 5). Errors: not-found (the run, or its class).
 */
export async function modelScores(
  db: Executor,
  { worklist, run, className }: { worklist: number; run: number; className: string },
): Promise<Result<ReadonlyMap<number, number>>> {
  const [row] = await db
    .select({ classes: runs.classes, status: runs.status })
    .from(runs)
    .where(eq(runs.id, run));
  if (row?.status !== "done") return fail("not-found", `There is no finished run ${run}.`);
  const at = row.classes.indexOf(className);
  if (at < 0) {
    return fail("not-found", `Run ${run} has no class “${className}”. It has: ${row.classes.join(", ")}.`);
  }
  // Arrays of PostgreSQL count from 1.
  const scores = await db.execute<{ study: string; score: number }>(sql`
    select i.study_id as study, max(p.probabilities[${at + 1}::int])::float8 as score
    from images i join predictions p on p.image_id = i.id
    where p.run_id = ${run} and p.part = ${testPart}
      and i.study_id in (select study_id from reads where worklist_id = ${worklist})
    group by i.study_id`);
  return ok(new Map(scores.map(({ study, score }) => [Number(study), score])));
}
