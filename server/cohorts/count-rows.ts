import { sql } from "drizzle-orm";
import type { Transaction } from "@/server/db/client";

/** Below this, any plan will do. */
const many = 2000;

/**
 * Tells the planner of rows that were just written. Until autovacuum comes by it would take a new cohort or
 * split for a handful of rows, and look a quarter of a million of them up one by one.
 */
export async function countRows(
  tx: Transaction,
  written: number,
  table: "cohort_images" | "split_images" | "split_leaks",
): Promise<void> {
  if (written >= many) await tx.execute(sql`analyze ${sql.identifier(table)}`);
}
