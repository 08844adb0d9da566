import { desc, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { query } from "@/server/auth/command";
import { findCohort } from "@/server/cohorts/find";
import { splits } from "@/server/db/schema";
import { ok } from "@/server/lib/errors";
import { findSplit, type SplitRow } from "./find";
import { type SplitDetail, type SplitListed, splitReference } from "./schema";

/** Splits of cohorts, newest first. */
export const splitsOfCohorts = query({
  name: "splits.of-cohorts",
  permission: "splits.view",
  input: z.object({ cohorts: z.array(z.int().positive()).max(100) }),
  async run({ db, input }) {
    const rows = await db
      .select()
      .from(splits)
      .where(inArray(splits.cohortId, input.cohorts))
      .orderBy(desc(splits.id))
      .limit(1000);
    return ok(rows.map(listed));
  },
});

/** One split with its cohort, its counts and its audit. Errors: not-found. */
export const showSplit = query({
  name: "split.show",
  permission: "splits.view",
  input: z.object({ split: splitReference }),
  async run({ db, input }) {
    const found = await findSplit(db, input.split);
    if (!found.ok) return found;
    const row = found.value;
    const cohort = await findCohort(db, row.cohortId);
    if (!cohort.ok) return cohort;
    const named = { id: splits.id, name: splits.name };
    const [mendedFrom] =
      row.mendedFromId === null
        ? []
        : await db.select(named).from(splits).where(eq(splits.id, row.mendedFromId));
    const mendedInto = await db.select(named).from(splits).where(eq(splits.mendedFromId, row.id));
    const { id, name, classes, images, patients } = cohort.value;
    return ok<SplitDetail>({
      ...listed(row),
      cohort: { id, name, classes, images, patients },
      mendedFrom: mendedFrom ?? null,
      mendedInto,
    });
  },
});

function listed(row: SplitRow): SplitListed {
  if (!row.audit) throw new Error(`split ${row.id} was stored without its audit`);
  const { id, name, cohortId, strategy, stratify, shares, seed, mendedFromId, summary } = row;
  const { createdBy, createdAt } = row;
  const plan = { cohortId, strategy, stratify, shares, seed, mendedFromId };
  return { id, name, ...plan, summary, audit: row.audit, createdBy, createdAt };
}
