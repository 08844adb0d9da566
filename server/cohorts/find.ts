import { eq } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import { cohorts } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";
import type { CohortReference } from "./schema";

export type CohortRow = typeof cohorts.$inferSelect;

/**
 * The cohort that a page (by id) or a shell (by name, or by id where no cohort has that name) means.
 * Errors: not-found.
 */
export async function findCohort(db: Executor, reference: CohortReference): Promise<Result<CohortRow>> {
  const row = typeof reference === "number" ? await byId(db, reference) : await byName(db, reference);
  return row ? ok(row) : fail("not-found", `There is no cohort ${reference}.`);
}

async function byName(db: Executor, name: string): Promise<CohortRow | undefined> {
  const [row] = await db.select().from(cohorts).where(eq(cohorts.name, name));
  return row ?? (/^\d{1,15}$/.test(name) ? byId(db, Number(name)) : undefined);
}

async function byId(db: Executor, id: number): Promise<CohortRow | undefined> {
  const [row] = await db.select().from(cohorts).where(eq(cohorts.id, id));
  return row;
}
