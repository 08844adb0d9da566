import { desc, eq, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { query } from "@/server/auth/command";
import type { Database } from "@/server/db/client";
import { labelSets } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";
import { type LabelOrigin, labelOrigins } from "./rules";
import { type LabelCounts, type LabelSetRow, labelSetReference } from "./schema";
import { labelStates } from "./states";
import { tallyPacked } from "./tally-packed";
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
    const labelled = await labelledImages(db, input);
    if (!labelled.ok) return labelled;
    const { all, read } = labelled.value;
    // Each label as a row would cost the driver more than counting it here does.
    const [[whole], byOrigin, findings] = await Promise.all([
      db.execute<Packed>(sql`
        select coalesce(string_agg(labels, ' '), '') as packed, count(*)::int as images from (${all}) as i`),
      db.execute<Packed & { origin: LabelOrigin }>(sql`
        select origin, string_agg(labels, ' ') as packed, count(*)::int as images from (${read}) as i group by origin`),
      vocabulary(),
    ]);
    const { packed = "", images = 0 } = whole ?? {};
    const origins = tally(labelOrigins);
    for (const { origin, images: own } of byOrigin) origins[origin] = own;
    const readImages = byOrigin.reduce((sum, { images: own }) => sum + own, 0);
    origins.source = images - readImages;
    const ofAll = tallyPacked(packed, images);
    const ofRead = tallyPacked(byOrigin.map((one) => one.packed).join(" "), readImages);
    return ok<LabelCounts>({
      images,
      origins,
      findings: findings.map(({ name, position }) => ({
        name,
        position,
        states: ofAll[position] ?? tally(labelStates),
        read: ofRead[position] ?? tally(labelStates),
      })),
    });
  },
});

type Packed = { packed: string; images: number };
/** SQL that gives `labels`; of those that do not come from the source their `origin` too. */
type Labelled = { readonly all: SQL; readonly read: SQL };

async function labelledImages(
  db: Database,
  { dataset, labelSet }: { readonly dataset?: string; readonly labelSet?: number | string },
): Promise<Result<Labelled>> {
  const ofDataset =
    dataset === undefined
      ? sql``
      : sql`and i.dataset_id in (select id from datasets where name = ${dataset})`;
  if (labelSet === undefined) {
    return ok({
      all: sql`select i.labels from images i where true ${ofDataset}`,
      read: sql`select i.labels, s.label_origin as origin from images i join studies s on s.id = i.study_id
        where s.label_origin <> 'source' ${ofDataset}`,
    });
  }
  const column = typeof labelSet === "number" ? labelSets.id : labelSets.name;
  const [set] = await db.select({ id: labelSets.id }).from(labelSets).where(eq(column, labelSet));
  if (!set) return fail("not-found", `There is no label set ${labelSet}.`);
  const images = dataset === undefined ? sql`` : sql`join images i on i.id = l.image_id`;
  const rows = sql`label_set_images l ${images} where l.label_set_id = ${set.id}::bigint ${ofDataset}`;
  return ok({
    all: sql`select l.labels from ${rows}`,
    read: sql`select l.labels, l.origin from ${rows} and l.origin <> 'source'`,
  });
}

function tally<Key extends string>(keys: readonly Key[]): Record<Key, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
}
