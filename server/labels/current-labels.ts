import { sql } from "drizzle-orm";
import type { Transaction } from "@/server/db/client";
import { currentLabel, type LabelOrigin, type StandingRead } from "./rules";

type Locked = {
  readonly studyId: number;
  /** The study's label as imported. */
  readonly sourceLabels: string;
  /** Size of the vocabulary. */
  readonly findings: number;
};

/**
 * Brings a study's current label, and that of its images, up to the reads that stand. Without a read every
 * image goes back to its own source label. The caller holds the study's row lock, taken in an earlier
 * statement: reads that were committed while it waited are seen.
 */
export async function settleLabels(
  tx: Transaction,
  { studyId, sourceLabels, findings }: Locked,
): Promise<{ labels: string; origin: LabelOrigin }> {
  const standing = await tx.execute<StandingRead>(sql`
    select kind, labels from reads where study_id = ${studyId} and current and not withdrawn order by id`);
  const settled = currentLabel(sourceLabels, standing, findings);
  const count = standing.filter(({ kind }) => kind === "read").length;
  const readState =
    settled.origin === "adjudicated" ? "adjudicated" : settled.origin === "source" ? "unread" : "read";
  await tx.execute(sql`
    with study as (
      update studies set current_labels = ${settled.labels}, label_origin = ${settled.origin}, read_count = ${count}
      where id = ${studyId}
    )
    update images
    set labels = case when ${settled.origin} = 'source' then source_labels else ${settled.labels} end,
      read_state = ${readState}
    where study_id = ${studyId}`);
  return settled;
}
