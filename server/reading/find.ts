import { eq } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import { worklists } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";

export type WorklistRecord = typeof worklists.$inferSelect;

/** The worklist that a page (by id) or a shell (by name) means. Errors: not-found. */
export async function findWorklist(
  db: Executor,
  reference: number | string,
): Promise<Result<WorklistRecord>> {
  const column = typeof reference === "number" ? worklists.id : worklists.name;
  const [row] = await db.select().from(worklists).where(eq(column, reference));
  return row ? ok(row) : fail("not-found", `There is no worklist ${reference}.`);
}
