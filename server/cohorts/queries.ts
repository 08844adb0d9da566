import { desc, eq, lt } from "drizzle-orm";
import { z } from "zod";
import { query } from "@/server/auth/command";
import { cohorts, labelSets } from "@/server/db/schema";
import { ok } from "@/server/lib/errors";
import { compositionOf } from "./composition";
import { findCohort } from "./find";
import { countMembers, membersOf } from "./members";
import { type CohortDetail, type CohortListed, cohortReference, cohortSource } from "./schema";

const pageSize = 50;

/** Cohorts, newest first, fifty a page. `next` is the key after which the next page begins. */
export const listCohorts = query({
  name: "cohorts.list",
  permission: "cohorts.view",
  input: z.object({ after: z.int().positive().optional() }),
  async run({ db, input }) {
    const rows = await db
      .select({
        id: cohorts.id,
        name: cohorts.name,
        source: cohorts.source,
        classes: cohorts.classes,
        images: cohorts.images,
        patients: cohorts.patients,
        createdBy: cohorts.createdBy,
        createdAt: cohorts.createdAt,
      })
      .from(cohorts)
      .where(input.after === undefined ? undefined : lt(cohorts.id, input.after))
      .orderBy(desc(cohorts.id))
      .limit(pageSize + 1);
    const page: CohortListed[] = rows.slice(0, pageSize);
    return ok({ rows: page, next: rows.length > pageSize ? (page.at(-1)?.id ?? null) : null });
  },
});

/** One cohort with what is in it: per class the images, sources and views. Errors: not-found. */
export const showCohort = query({
  name: "cohort.show",
  permission: "cohorts.view",
  input: z.object({ cohort: cohortReference }),
  async run({ db, input }) {
    const found = await findCohort(db, input.cohort);
    if (!found.ok) return found;
    const { labelSetId, ...cohort } = found.value;
    const [labelSet] =
      labelSetId === null
        ? []
        : await db.select({ name: labelSets.name }).from(labelSets).where(eq(labelSets.id, labelSetId));
    const composition = await compositionOf(db, cohort);
    return ok<CohortDetail>({ ...cohort, labelSet: labelSet?.name ?? null, composition });
  },
});

/** What a source would give, before anything is written. Errors: as `createCohort`'s, but for the name. */
export const previewCohort = query({
  name: "cohort.preview",
  permission: "cohorts.manage",
  input: z.object({ source: cohortSource }),
  async run({ db, actor, input }) {
    const members = await membersOf(db, actor, input.source);
    return members.ok ? countMembers(db, members.value) : members;
  },
});
