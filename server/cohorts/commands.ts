import { eq, sql } from "drizzle-orm";
import { actorName } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import type { Transaction } from "@/server/db/client";
import { cohorts } from "@/server/db/schema";
import { fail, ok } from "@/server/lib/errors";
import { countRows } from "./count-rows";
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
    const { classes, select, unmatched } = members.value;
    const [row] = await tx
      .insert(cohorts)
      .values({
        name: input.name,
        source: input.source.kind,
        rule: keptSource(input.source),
        labelSetId: members.value.labelSetId ?? null,
        classes: [...classes],
        // Counted further down, in this same transaction.
        images: 0,
        patients: 0,
        unmatched: { count: 0, rows: [] },
        datasetVersions: {},
        createdBy: actorName(actor),
      })
      .onConflictDoNothing({ target: cohorts.name })
      .returning({ id: cohorts.id });
    if (!row) return fail("conflict", `There is already a cohort named ${input.name}.`);
    const written = await tx.execute(sql`
      insert into cohort_images (cohort_id, image_id, class_index)
      select ${row.id}, image_id, class_index from (${select}) as members`);
    await countRows(tx, written.count, "cohort_images");
    const stored = sql`select image_id, class_index from cohort_images where cohort_id = ${row.id}`;
    const counts = await countMembers(tx, { ...members.value, select: stored });
    if (!counts.ok) return counts;
    const { images, patients } = counts.value;
    await tx
      .update(cohorts)
      .set({
        images,
        patients,
        unmatched: { count: unmatched.length, rows: [...counts.value.unmatched.rows] },
        datasetVersions: await versionsOf(tx, row.id),
      })
      .where(eq(cohorts.id, row.id));
    const policy = input.source.kind === "rule" ? input.source.rule.policy : undefined;
    const after = { images, classes: counts.value.classes, policy };
    audit({ action: "cohort.created", object: { type: "cohort", id: row.id }, after });
    return ok<CreatedCohort>({ id: row.id, name: input.name, ...counts.value });
  },
});

/** What the row keeps of its source: the rule itself, or how the CSV was read. */
function keptSource(source: CohortSource): Record<string, unknown> {
  if (source.kind === "rule") return source.rule;
  return { classColumn: source.classColumn, positive: source.positive ?? null };
}

async function versionsOf(tx: Transaction, cohortId: number): Promise<Record<string, number>> {
  const rows = await tx.execute<{ name: string; version: number }>(sql`
    select name, version from datasets where id in (
      select i.dataset_id from cohort_images m join images i on i.id = m.image_id
      where m.cohort_id = ${cohortId})`);
  return Object.fromEntries(rows.map(({ name, version }) => [name, version]));
}
