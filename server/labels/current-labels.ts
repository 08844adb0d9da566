import { sql } from "drizzle-orm";
import type { Transaction } from "@/server/db/client";
import type { LabelOrigin } from "./rules";

export type SettledLabel = { readonly labels: string; readonly origin: LabelOrigin };

/**
 * Brings a study's current label, and that of its images, up to the reads that stand (`settle_labels` in the
 * migration `reading_in_the_database`). The caller holds the study's row lock, taken in an earlier statement:
 * reads that were committed while it waited are seen.
 */
export async function settleLabels(tx: Transaction, studyId: number): Promise<SettledLabel> {
  const [settled] = await tx.execute<SettledLabel>(sql`
    select labels, origin from settle_labels(array[${studyId}::bigint])`);
  if (!settled) throw new Error(`study ${studyId} is gone`);
  return settled;
}
