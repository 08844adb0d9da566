import { eq, sql } from "drizzle-orm";
import { arrayLiteral } from "@/server/cohorts/array-literal";
import { countRows } from "@/server/cohorts/count-rows";
import type { Transaction } from "@/server/db/client";
import { splitLeaks, splits } from "@/server/db/schema";
import type { SplitAudit } from "@/server/db/schema/split-facts";
import type { Roster } from "./roster";
import type { Sibling } from "./siblings";

/** Writes which image is on which side. */
export async function storeParts(
  tx: Transaction,
  splitId: number,
  roster: Roster,
  partOf: Uint8Array,
): Promise<void> {
  await tx.execute(sql`
    insert into split_images (split_id, image_id, part, class_index)
    select ${splitId}, image_id, part, class_index
    from unnest(${arrayLiteral(roster.imageIds)}::bigint[], ${arrayLiteral(partOf)}::smallint[],
      ${arrayLiteral(roster.classIndex)}::smallint[]) as rows (image_id, part, class_index)`);
  await countRows(tx, partOf.length, "split_images");
}

/** Writes the audit and its pairs in place of those of an earlier audit: both follow from the data. */
export async function storeAudit(
  tx: Transaction,
  splitId: number,
  found: { readonly audit: SplitAudit; readonly siblings: readonly Sibling[] },
  roster: Roster,
  partOf: Uint8Array,
): Promise<void> {
  const { audit, siblings } = found;
  const column = (value: (sibling: Sibling) => string | number | null) => arrayLiteral(siblings.map(value));
  await tx.delete(splitLeaks).where(eq(splitLeaks.splitId, splitId));
  await tx.execute(sql`
    insert into split_leaks
      (split_id, image_id, train_image_id, reason, part, class_index, days_apart, position)
    select ${splitId}, image_id, train_image_id, reason, part, class_index, days_apart, position
    from unnest(
      ${column(({ image }) => roster.imageIds[image] ?? null)}::bigint[],
      ${column(({ trainImage }) => roster.imageIds[trainImage] ?? null)}::bigint[],
      ${column(({ reason }) => reason)}::text[],
      ${column(({ image }) => partOf[image] ?? null)}::smallint[],
      ${column(({ image }) => roster.classIndex[image] ?? null)}::smallint[],
      ${column(({ daysApart }) => daysApart)}::integer[]
    ) with ordinality
      as rows (image_id, train_image_id, reason, part, class_index, days_apart, position)`);
  await countRows(tx, siblings.length, "split_leaks");
  await tx.update(splits).set({ audit }).where(eq(splits.id, splitId));
}
