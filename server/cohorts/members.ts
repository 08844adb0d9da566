import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "@/server/auth/actor";
import type { Executor } from "@/server/db/client";
import { fail, ok, type Result } from "@/server/lib/errors";
import type { Unmatched } from "./csv";
import { csvMembers } from "./csv-members";
import { ruleMembers } from "./rule-members";
import type { CohortCounts, CohortSource } from "./schema";

/** Who is in, before anything is written. */
export type Members = {
  readonly classes: readonly string[];
  readonly labelSetId?: number | null;
  readonly unmatched: readonly Unmatched[];
  /** Yields image_id and class_index, each image once. */
  readonly select: SQL;
};

/** Rows kept with the cohort; all of them are counted. */
const unmatchedKept = 1000;

/** Errors: as the two sources'. */
export function membersOf(db: Executor, actor: Actor, source: CohortSource): Promise<Result<Members>> {
  return source.kind === "csv" ? csvMembers(db, source) : ruleMembers(db, actor, source);
}

/** Counts what a source selects. Errors: invalid (a class without images, or only one class). */
export async function countMembers(db: Executor, members: Members): Promise<Result<CohortCounts>> {
  const rows = await db.execute<{ class_index: number | null; images: number; patients: number }>(sql`
    select m.class_index, count(*)::int as images,
      (count(distinct i.patient_id) filter (where not p.placeholder))::int as patients
    from (${members.select}) as m
    join images i on i.id = m.image_id
    join patients p on p.id = i.patient_id
    group by grouping sets ((m.class_index), ())`);
  const total = rows.find((row) => row.class_index === null);
  const perClass = new Map(rows.map((row) => [row.class_index, row.images]));
  const counts = members.classes.map((name, index) => [name, perClass.get(index) ?? 0] as const);
  const filled = counts.filter(([, images]) => images > 0);
  if (filled.length < 2)
    return fail("invalid", tooFewClasses(filled), { unmatched: members.unmatched.length });
  const empty = counts.find(([, images]) => images === 0);
  if (empty) return fail("invalid", `The class ${empty[0]} has no image that an earlier class left.`);
  return ok({
    images: total?.images ?? 0,
    patients: total?.patients ?? 0,
    classes: Object.fromEntries(counts),
    order: members.classes,
    unmatched: { count: members.unmatched.length, rows: members.unmatched.slice(0, unmatchedKept) },
  });
}

function tooFewClasses(filled: readonly (readonly [string, number])[]): string {
  const [only] = filled;
  if (!only) return "No image passes the rule.";
  return `Only one class has images: ${only[0]} (${only[1]}). A cohort needs at least two.`;
}
