import { sql } from "drizzle-orm";
import { actorName } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import type { Executor } from "@/server/db/client";
import { cohorts } from "@/server/db/schema";
import { fail, ok } from "@/server/lib/errors";
import { countMembers, membersOf } from "./members";
import { type CohortCounts, type CohortSource, createCohortInput } from "./schema";

export type CreatedCohort = CohortCounts & { readonly id: number; readonly name: string };

/**
 * Fixes who is in and in which class, from a CSV or by a rule; it never changes afterwards. Of two classes the
 * first is the positive one: in a CSV the class of the first row or the one that `positive` names, in a rule
 * the first.
 * Errors: conflict (name taken), invalid (CSV, rule, fewer than two classes), not-found (no row matches;
 * dataset or label set of a rule).
 */
export const createCohort = command({
  name: "cohort.create",
  permission: "cohorts.manage",
  input: createCohortInput,
  async run({ tx, actor, input, audit }) {
    const members = await membersOf(tx, actor, input.source);
    if (!members.ok) return members;
    const counts = await countMembers(tx, members.value);
    if (!counts.ok) return counts;
    const [row] = await tx
      .insert(cohorts)
      .values({
        name: input.name,
        source: input.source.kind,
        rule: keptSource(input.source),
        labelSetId: members.value.labelSetId ?? null,
        classes: [...members.value.classes],
        images: counts.value.images,
        patients: counts.value.patients,
        unmatched: { count: counts.value.unmatched.count, rows: [...counts.value.unmatched.rows] },
        datasetVersions: await versionsOf(tx, members.value.select),
        createdBy: actorName(actor),
      })
      .onConflictDoNothing({ target: cohorts.name })
      .returning({ id: cohorts.id });
    if (!row) return fail("conflict", `There is already a cohort named ${input.name}.`);
    await tx.execute(sql`
      insert into cohort_images (cohort_id, image_id, class_index)
      select ${row.id}, image_id, class_index from (${members.value.select}) as members`);
    const { images, classes } = counts.value;
    audit({ action: "cohort.created", object: { type: "cohort", id: row.id }, after: { images, classes } });
    return ok<CreatedCohort>({ id: row.id, name: input.name, ...counts.value });
  },
});

/** What the row keeps of its source: the rule itself, or how the CSV was read. */
function keptSource(source: CohortSource): Record<string, unknown> {
  if (source.kind === "rule") return source.rule;
  return { classColumn: source.classColumn, positive: source.positive ?? null };
}

async function versionsOf(db: Executor, select: ReturnType<typeof sql>): Promise<Record<string, number>> {
  const rows = await db.execute<{ name: string; version: number }>(sql`
    select name, version from datasets where id in (
      select i.dataset_id from (${select}) as m join images i on i.id = m.image_id)`);
  return Object.fromEntries(rows.map(({ name, version }) => [name, version]));
}
