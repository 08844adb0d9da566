import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { query } from "@/server/auth/command";
import type { Executor } from "@/server/db/client";
import { checks, cohorts } from "@/server/db/schema";
import { labelErrorsResult } from "@/server/integrity/label-error-schema";
import { shortcutsResult } from "@/server/integrity/shortcut-schema";
import { siblingsResult } from "@/server/integrity/sibling-schema";
import { fail, ok } from "@/server/lib/errors";
import { type CheckState, checkConfiguration } from "./schema";

/** A check with its result, once it has one. Errors: not-found. */
export const showCheck = query({
  name: "check.show",
  permission: "training.view",
  input: z.object({ check: z.int().positive() }),
  async run({ db, input }) {
    const [row] = await db
      .select({ check: checks, cohort: cohorts.name })
      .from(checks)
      .innerJoin(cohorts, eq(cohorts.id, checks.cohortId))
      .where(eq(checks.id, input.check));
    if (!row) return fail("not-found", `There is no check ${input.check}.`);
    return ok(stateOf(row, await cohortVersions(db, row.check.cohortId)));
  },
});

/** A cohort's newest check of each kind, whatever came of it; null where there is none. */
export const cohortChecks = query({
  name: "check.of-cohort",
  permission: "cohorts.view",
  input: z.object({ cohort: z.int().positive() }),
  async run({ db, input }) {
    const rows = await db
      .selectDistinctOn([checks.kind], { check: checks, cohort: cohorts.name })
      .from(checks)
      .innerJoin(cohorts, eq(cohorts.id, checks.cohortId))
      .where(eq(checks.cohortId, input.cohort))
      .orderBy(checks.kind, desc(checks.id));
    const versions = await cohortVersions(db, input.cohort);
    const states = rows.map((row) => stateOf(row, versions));
    return ok({
      shortcuts: states.find((state) => state.kind === "shortcuts") ?? null,
      siblings: states.find((state) => state.kind === "siblings") ?? null,
      labelErrors: states.find((state) => state.kind === "label-errors") ?? null,
    });
  },
});

/** Checks of label errors that are done, the newest first, with how many labels each doubts. */
export const labelErrorChecks = query({
  name: "check.label-errors",
  permission: "training.view",
  input: z.object({}),
  async run({ db }) {
    const rows = await db
      .select({ id: checks.id, cohort: cohorts.name, result: checks.result })
      .from(checks)
      .innerJoin(cohorts, eq(cohorts.id, checks.cohortId))
      .where(and(eq(checks.kind, "label-errors"), eq(checks.status, "done")))
      .orderBy(desc(checks.id))
      .limit(50);
    return ok(rows.map(({ result, ...row }) => ({ ...row, errors: labelErrorsResult.parse(result).errors })));
  },
});

/** Dataset name → version, of the datasets that a cohort is drawn from. */
export async function cohortVersions(db: Executor, cohortId: number): Promise<Record<string, number>> {
  const rows = await db.execute<{ name: string; version: number }>(sql`
    select d.name, d.version from datasets d
    where d.id in (
      select i.dataset_id from cohort_images m join images i on i.id = m.image_id
      where m.cohort_id = ${cohortId})
    order by d.name`);
  return Object.fromEntries(rows.map((row) => [row.name, row.version]));
}

/** How many images of each class have their film here. */
export async function filmsOfClasses(db: Executor, cohortId: number, classes: number): Promise<number[]> {
  const rows = await db.execute<{ class: number; films: number }>(sql`
    select m.class_index as class, count(*)::int as films
    from cohort_images m join images i on i.id = m.image_id
    where m.cohort_id = ${cohortId} and i.object_sha256 is not null group by 1`);
  return Array.from({ length: classes }, (_, own) => rows.find((row) => row.class === own)?.films ?? 0);
}

type Row = { readonly check: typeof checks.$inferSelect; readonly cohort: string };

function stateOf({ check, cohort }: Row, versions: Readonly<Record<string, number>>): CheckState {
  const { startedAt, finishedAt, datasetVersions } = check;
  const names = Object.keys(versions);
  const facts = {
    id: check.id,
    cohort: { id: check.cohortId, name: cohort },
    status: check.status,
    progress: check.progress,
    configuration: checkConfiguration.parse(check.configuration),
    engine: check.engine,
    error: check.error,
    createdBy: check.createdBy,
    createdAt: check.createdAt.toISOString(),
    seconds: startedAt && finishedAt ? (finishedAt.getTime() - startedAt.getTime()) / 1000 : null,
    outdated: names.some((name) => datasetVersions[name] !== versions[name]),
  };
  const { kind, result } = check;
  switch (kind) {
    case "shortcuts":
      return { ...facts, kind, result: result && shortcutsResult.parse(result) };
    case "siblings":
      return { ...facts, kind, result: result && siblingsResult.parse(result) };
    case "label-errors":
      return { ...facts, kind, result: result && labelErrorsResult.parse(result) };
  }
}
