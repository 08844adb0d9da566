import { eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { recordAudit } from "@/server/audit/record";
import { query } from "@/server/auth/command";
import { findCohort } from "@/server/cohorts/find";
import { images, splitLeaks } from "@/server/db/schema";
import type { LeakReason } from "@/server/db/schema/split-facts";
import { ok } from "@/server/lib/errors";
import { findSplit } from "@/server/splits/find";
import { parts } from "@/server/splits/rules";
import { auditInput, type LeakPage, type LeakPair, leakPairsInput } from "./schema";

/**
 * Leaked images with their nearest sibling in training: same film first, then by days apart. Leaves one audit
 * row with the images shown. Errors: not-found.
 */
export const leakPairs = query({
  name: "split.leaks",
  permission: "splits.view",
  input: leakPairsInput,
  async run({ db, actor, input }) {
    const found = await findSplit(db, input.split);
    if (!found.ok) return found;
    const cohort = await findCohort(db, found.value.cohortId);
    if (!cohort.ok) return cohort;
    const { classes } = cohort.value;
    const conditions: SQL[] = [sql`l.split_id = ${found.value.id}`];
    if (input.part) conditions.push(sql`l.part = ${parts.indexOf(input.part)}`);
    if (input.class !== undefined) conditions.push(sql`l.class_index = ${classes.indexOf(input.class)}`);
    if (input.reason) conditions.push(sql`l.reason = ${input.reason}`);
    if (input.after !== undefined) conditions.push(sql`l.position > ${input.after}`);
    const rows = await db.execute<PairRow>(pairsWhere(conditions, input.limit + 1));
    const pairs = rows.slice(0, input.limit).map((row) => pairOf(row, classes));
    if (pairs.length > 0) {
      const ids = pairs.flatMap((pair) => [pair.image.id, pair.trainImage.id]);
      await recordAudit(db, actor, [{ action: "images.listed", detail: { ids } }]);
    }
    return ok<LeakPage>({ pairs, next: rows.length > input.limit ? (pairs.at(-1)?.key ?? null) : null });
  },
});

/** Every leak of a split by image, in the order of `leakPairs`: for scripts. Errors: not-found. */
export const allLeaks = query({
  name: "split.all-leaks",
  permission: "splits.view",
  input: auditInput,
  async run({ db, input }) {
    const found = await findSplit(db, input.split);
    if (!found.ok) return found;
    return ok(
      await db
        .select({
          image: splitLeaks.imageId,
          trainImage: splitLeaks.trainImageId,
          reason: splitLeaks.reason,
          part: splitLeaks.part,
          daysApart: splitLeaks.daysApart,
          path: held.path,
          trainPath: trained.path,
        })
        .from(splitLeaks)
        .innerJoin(held, eq(held.id, splitLeaks.imageId))
        .innerJoin(trained, eq(trained.id, splitLeaks.trainImageId))
        .where(sql`${splitLeaks.splitId} = ${found.value.id}`)
        .orderBy(splitLeaks.position),
    );
  },
});

const held = alias(images, "held");
const trained = alias(images, "trained");

function pairsWhere(conditions: readonly SQL[], limit: number): SQL {
  return sql`
    with l as materialized (
      select * from split_leaks l where ${sql.join([...conditions], sql` and `)}
      order by l.position limit ${limit}
    )
    select l.position, l.part, l.reason, l.days_apart, ${side("a")}, ${side("b")}
    from l ${joinImage("a", sql`l.image_id`)} ${joinImage("b", sql`l.train_image_id`)}
    order by l.position`;
}

function joinImage(name: "a" | "b", id: SQL): SQL {
  const as = (what: string) => sql.raw(`${name}_${what}`);
  return sql`
    join images ${as("i")} on ${as("i")}.id = ${id}
    join datasets ${as("d")} on ${as("d")}.id = ${as("i")}.dataset_id
    join patients ${as("p")} on ${as("p")}.id = ${as("i")}.patient_id
    join studies ${as("s")} on ${as("s")}.id = ${as("i")}.study_id
    join split_images ${as("m")} on ${as("m")}.split_id = l.split_id and ${as("m")}.image_id = ${id}`;
}

function side(name: "a" | "b"): SQL {
  return sql.raw(`jsonb_build_object(
    'id', ${name}_i.id, 'dataset', ${name}_d.name, 'path', ${name}_i.path, 'patientId', ${name}_p.id,
    'patient', ${name}_p.external_id, 'study', ${name}_s.external_id, 'view', ${name}_i.view,
    'classIndex', ${name}_m.class_index, 'film', ${name}_i.object_sha256 is not null) as ${name}`);
}

type SideRow = Omit<LeakPair["image"], "class"> & { readonly classIndex: number };
type PairRow = {
  position: number;
  part: number;
  reason: LeakReason;
  days_apart: number | null;
  a: SideRow;
  b: SideRow;
};

function pairOf(row: PairRow, classes: readonly string[]): LeakPair {
  const image = ({ classIndex, ...rest }: SideRow) => ({ ...rest, class: classes[classIndex] ?? "" });
  return {
    key: row.position,
    part: parts[row.part] ?? "test",
    reason: row.reason,
    daysApart: row.days_apart,
    image: image(row.a),
    trainImage: image(row.b),
  };
}
