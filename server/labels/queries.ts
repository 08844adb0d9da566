import { desc, eq, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { query } from "@/server/auth/command";
import type { Database } from "@/server/db/client";
import { labelSets } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";
import { type LabelOrigin, labelOrigins } from "./rules";
import { type LabelCounts, type LabelSetRow, labelSetReference } from "./schema";
import { type LabelState, labelStates, stateAt } from "./states";
import { vocabulary } from "./vocabulary";

/** Every finding in display order, the retired among them. */
export const listVocabulary = query({
  name: "vocabulary.list",
  permission: "labels.view",
  input: z.object({}),
  async run({ db }) {
    return ok(await vocabulary(db));
  },
});

/** Label sets, newest first, a page at a time. */
export const listLabelSets = query({
  name: "labels.sets",
  permission: "labels.view",
  input: z.object({ before: z.int().positive().optional(), limit: z.int().min(1).max(200).default(50) }),
  async run({ db, input }) {
    const rows: LabelSetRow[] = await db
      .select()
      .from(labelSets)
      .where(input.before === undefined ? undefined : lt(labelSets.id, input.before))
      .orderBy(desc(labelSets.id))
      .limit(input.limit + 1);
    const page = rows.slice(0, input.limit);
    return ok({ rows: page, next: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null });
  },
});

/**
 * How many images each finding has in each state, and where those labels come from: the current labels, or a label
 * set's. Errors: not-found (the label set).
 */
export const labelCounts = query({
  name: "labels.counts",
  permission: "labels.view",
  input: z.object({
    dataset: z.string().trim().min(1).max(200).optional(),
    labelSet: labelSetReference.optional(),
  }),
  async run({ db, input }) {
    const labelled = await labelledImages(db, input.labelSet);
    if (!labelled.ok) return labelled;
    const ofDataset =
      input.dataset === undefined
        ? sql``
        : sql`where i.dataset_id in (select id from datasets where name = ${input.dataset})`;
    // Equal strings are put together by the database: a tenth of the rows, and no string is cut in SQL.
    const [strings, findings] = await Promise.all([
      db.execute<{ labels: string; origin: LabelOrigin; images: number }>(sql`
        select labels, origin, count(*)::int as images from (${labelled.value}) as i ${ofDataset} group by 1, 2`),
      vocabulary(),
    ]);
    const origins = tally(labelOrigins);
    const counted = findings.map(({ name, position }) => ({
      name,
      position,
      states: tally(labelStates),
      read: tally(labelStates),
    }));
    for (const { labels, origin, images } of strings) {
      origins[origin] += images;
      for (const { position, states, read } of counted) {
        const state: LabelState = stateAt(labels, position);
        states[state] += images;
        if (origin !== "source") read[state] += images;
      }
    }
    const images = Object.values(origins).reduce((sum, count) => sum + count, 0);
    return ok<LabelCounts>({ images, origins, findings: counted });
  },
});

/** SQL that gives each image's `dataset_id`, `labels` and their `origin`. */
async function labelledImages(db: Database, reference: number | string | undefined): Promise<Result<SQL>> {
  if (reference === undefined) {
    return ok(sql`select i.dataset_id, i.labels, s.label_origin as origin
      from images i join studies s on s.id = i.study_id`);
  }
  const column = typeof reference === "number" ? labelSets.id : labelSets.name;
  const [set] = await db.select({ id: labelSets.id }).from(labelSets).where(eq(column, reference));
  if (!set) return fail("not-found", `There is no label set ${reference}.`);
  return ok(sql`select i.dataset_id, l.labels, l.origin
    from label_set_images l join images i on i.id = l.image_id where l.label_set_id = ${set.id}::bigint`);
}

function tally<Key extends string>(keys: readonly Key[]): Record<Key, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
}
