import { eq, sql } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import { findings, parts } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";
import { type OrderedStudies, runOf } from "./ordered-studies";
import type { WorklistQuery } from "./worklist-input";

/** Studies whose label says nothing of a finding that a run's model finds, surest first. Errors: not-found, invalid. */
export async function blankButPositive(
  db: Executor,
  query: Extract<WorklistQuery, { kind: "blank-but-model-positive" }>,
): Promise<Result<OrderedStudies>> {
  const run = await runOf(db, query.run);
  if (!run.ok) return run;
  const classAt = run.value.classes.indexOf(query.className);
  if (classAt < 0) {
    const known = run.value.classes.join(", ");
    return fail("invalid", `Run ${query.run} has no class “${query.className}”. It has: ${known}.`);
  }
  const [finding] = await db.select().from(findings).where(eq(findings.name, query.finding));
  if (!finding) return fail("not-found", `There is no finding “${query.finding}”.`);
  // Arrays of PostgreSQL and substr count from 1.
  return ok({
    studies: sql`
      select s.id as study_id, max(p.probabilities[${classAt + 1}::int]) as probability
      from predictions p join images i on i.id = p.image_id join studies s on s.id = i.study_id
      where p.run_id = ${query.run} and p.probabilities[${classAt + 1}::int] >= ${query.threshold}::real
        and coalesce(nullif(substr(s.current_labels, ${finding.position + 1}::int, 1), ''), '.') = '.'
      group by s.id`,
    order: sql`probability desc`,
    reason: sql`${`${finding.name} is blank, the model gives ${query.className} `}::text || ${rounded("probability")}`,
  });
}

/** Studies with a test image that the run got wrong, worst first: where the true class got least. Errors: not-found. */
export async function misclassified(db: Executor, id: number): Promise<Result<OrderedStudies>> {
  const run = await runOf(db, id);
  if (!run.ok) return run;
  const classes = JSON.stringify(run.value.classes);
  return ok({
    studies: sql`
      select distinct on (i.study_id) i.study_id, p.probabilities[p.class_index + 1] as of_truth,
        ${classes}::text::jsonb ->> p.class_index as truth, ${classes}::text::jsonb ->> p.predicted_index as said
      from predictions p join images i on i.id = p.image_id
      where p.run_id = ${id} and p.part = ${parts.indexOf("test")} and p.class_index <> p.predicted_index
      order by i.study_id, of_truth`,
    order: sql`of_truth`,
    reason: sql`'Labelled ' || truth || ', predicted ' || said || '; its own class got ' || ${rounded("of_truth")}`,
  });
}

/** A probability in the list's words. */
export function rounded(column: string) {
  return sql`round(${sql.identifier(column)}::numeric, 2)::text`;
}
