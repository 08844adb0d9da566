import { eq, type SQL, sql } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import { checks, cohorts, parts } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";
import { confidentLearning, type LabelError } from "@/server/ml/confident-learning";
import { type OrderedStudies, runOf } from "./ordered-studies";
import type { WorklistQuery } from "./worklist-input";

type Query = Extract<WorklistQuery, { kind: "label-errors" }>;
type Source = { readonly classes: readonly string[]; readonly predictions: SQL };

/**
 * Studies whose label is likely wrong by confident learning on what a model said that had not learnt from them: a
 * check's heads, each of the fold that it did not see, or a run on its validation and test part. A study stands
 * where its likeliest wrong image does. Errors: not-found, conflict (the check is not done).
 */
export async function likelyLabelErrors(db: Executor, query: Query): Promise<Result<OrderedStudies>> {
  const source = await (query.from.of === "check"
    ? ofCheck(db, query.from.check)
    : ofRun(db, query.from.run));
  if (!source.ok) return source;
  const { classes, predictions } = source.value;
  const rows = await db.execute<{ image: string; given: number; probabilities: number[] }>(predictions);
  const { errors } = confidentLearning(
    {
      probabilities: Float32Array.from(rows.flatMap(({ probabilities }) => probabilities)),
      labels: rows.map(({ given }) => given),
      classes: classes.length,
    },
    query.rank,
  );
  const found = errors.map((error) => {
    const { image = "0", probabilities = [] } = rows[error.at] ?? {};
    return { image, reason: reasonOf(error, classes, probabilities) };
  });
  return ok({
    studies: sql`
      select distinct on (i.study_id) i.study_id, n.named, n.reason
      from (
        select (error ->> 'image')::bigint as image, error ->> 'reason' as reason, named
        from jsonb_array_elements(${JSON.stringify(found)}::text::jsonb) with ordinality as e(error, named)
      ) as n join images i on i.id = n.image
      order by i.study_id, n.named`,
    order: sql`named`,
    reason: sql`reason`,
  });
}

function reasonOf(error: LabelError, classes: readonly string[], probabilities: readonly number[]): string {
  const { given, suggested } = error;
  const share = (own: number) => (probabilities[own] ?? 0).toFixed(2);
  return `Labelled ${classes[given]} (${share(given)}), taken for ${classes[suggested]} (${share(suggested)})`;
}

async function ofCheck(db: Executor, check: number): Promise<Result<Source>> {
  const [row] = await db
    .select({ kind: checks.kind, status: checks.status, classes: cohorts.classes })
    .from(checks)
    .innerJoin(cohorts, eq(cohorts.id, checks.cohortId))
    .where(eq(checks.id, check));
  if (row?.kind !== "label-errors") return fail("not-found", `There is no check ${check} of label errors.`);
  if (row.status !== "done") return fail("conflict", `Check ${check} is not done yet.`);
  return ok({
    classes: row.classes,
    predictions: sql`
      select image_id as image, class_index as given, probabilities from check_predictions
      where check_id = ${check} order by image_id`,
  });
}

async function ofRun(db: Executor, run: number): Promise<Result<Source>> {
  const found = await runOf(db, run);
  if (!found.ok) return found;
  return ok({
    classes: found.value.classes,
    predictions: sql`
      select image_id as image, class_index as given, probabilities from predictions
      where run_id = ${run} and part <> ${parts.indexOf("train")} order by image_id`,
  });
}
