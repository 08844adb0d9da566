import { eq, type SQL, sql } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import { labelSets } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";
import type { LabelSide } from "./schema";

export type Side = {
  readonly name: string;
  /** SQL that gives `image_id` and `labels`. */
  readonly rows: SQL;
  /** Id of a label set; null for labels that may change. */
  readonly frozen: number | null;
};
export type Sides = { readonly from: Side; readonly to: Side };

/** What the two sides of a comparison hold. Errors: not-found (a label set). */
export async function comparedSides(
  db: Executor,
  { from, to }: { readonly from: LabelSide; readonly to: LabelSide },
): Promise<Result<Sides>> {
  const [a, b] = await Promise.all([sideOf(db, from), sideOf(db, to)]);
  if (!a.ok) return a;
  return b.ok ? ok({ from: a.value, to: b.value }) : b;
}

/** Whether rows `a` and `b` differ: a string that is shorter says nothing of what lies behind its end. */
export const differ = sql`a.labels <> b.labels and rtrim(a.labels, '.') <> rtrim(b.labels, '.')`;

async function sideOf(db: Executor, side: LabelSide): Promise<Result<Side>> {
  if (side === "current")
    return ok({ name: "Current labels", frozen: null, rows: sql`select id as image_id, labels from images` });
  if (side === "source") {
    return ok({
      name: "Imported labels",
      frozen: null,
      rows: sql`select id as image_id, source_labels as labels from images`,
    });
  }
  const column = typeof side.labelSet === "number" ? labelSets.id : labelSets.name;
  const [set] = await db
    .select({ id: labelSets.id, name: labelSets.name })
    .from(labelSets)
    .where(eq(column, side.labelSet));
  if (!set) return fail("not-found", `There is no label set ${side.labelSet}.`);
  return ok({
    name: set.name,
    frozen: set.id,
    rows: sql`select image_id, labels from label_set_images where label_set_id = ${set.id}::bigint`,
  });
}
