import { eq, type SQL } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import { runs } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";

/** The studies of a kind of worklist. */
export type OrderedStudies = {
  /** Gives `study_id` once each. */
  readonly studies: SQL;
  /** Columns of `studies`, and what else orders it; the study's id breaks ties. */
  readonly order: SQL;
  /** Text of columns of `studies`: why one stands in the list. Kinds that choose for no reason have none. */
  readonly reason?: SQL;
};

/** The classes of a run. Errors: not-found. */
export async function runOf(db: Executor, id: number): Promise<Result<{ classes: readonly string[] }>> {
  const [row] = await db.select({ classes: runs.classes }).from(runs).where(eq(runs.id, id));
  return row ? ok(row) : fail("not-found", `There is no run ${id}.`);
}
