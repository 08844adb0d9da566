import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/server/db/client";
import { fail, ok, type Result } from "@/server/lib/errors";

export type KnownCasesWanted = {
  /** One study in so many is a known case. */
  readonly every: number;
  readonly worklistId: number;
  readonly datasetId: number | null;
  readonly readsWanted: number;
};

/** Draws the same cases and the same places in every run. */
const seed = 2020;

/**
 * Studies whose answer is settled: adjudicated, or read by two or more who said the same. None of those in the
 * worklist, and none that one of its chosen readers has read or decided: she would meet it again.
 */
function known({ worklistId, datasetId }: KnownCasesWanted): SQL {
  const ofDataset = datasetId === null ? sql`` : sql`and s.dataset_id = ${datasetId}`;
  return sql`studies s where (s.label_origin = 'adjudicated' or (s.label_origin = 'consensus' and not s.reads_differ))
    ${ofDataset}
    and exists (select from images f where f.study_id = s.id and f.film_here)
    and not exists (select from worklist_items i where i.worklist_id = ${worklistId} and i.study_id = s.id)
    and not exists (select from reads r join worklist_readers c on c.worklist_id = ${worklistId} and c.user_id = r.reader_id
      where r.study_id = s.id and r.current and not r.withdrawn)`;
}

/**
 * Mixes known cases into a new worklist whose studies stand at the places 1, 2, …: one in `every`, somewhere in its
 * stretch of the list, with the label that is known of it now. Errors: conflict (nothing is known).
 */
export async function mixKnownCasesIn(
  tx: Transaction,
  wanted: KnownCasesWanted,
): Promise<Result<{ added: number }>> {
  const { every, worklistId, readsWanted } = wanted;
  // The place of the known case in the k-th stretch of `every` places.
  const slot = (stretch: SQL) =>
    sql`(1 + abs(hashint8extended(${stretch}::bigint, ${seed}) % ${every}))::int`;
  await tx.execute(sql`
    update worklist_items i set position = moved.stretch * ${every} + moved.place
      + case when moved.place >= ${slot(sql`moved.stretch`)} then 1 else 0 end
    from (
      select id, (position - 1) / ${every - 1}::int as stretch, 1 + (position - 1) % ${every - 1}::int as place
      from worklist_items where worklist_id = ${worklistId}
    ) as moved where moved.id = i.id`);
  const added = await tx.execute(sql`
    insert into worklist_items (worklist_id, study_id, position, reads_wanted, known_labels)
    select ${worklistId}, id, stretch * ${every}::int + ${slot(sql`stretch`)}, ${readsWanted}::smallint, current_labels
    from (
      select s.id, s.current_labels, row_number() over (order by hashint8extended(s.id, ${seed})) - 1 as stretch
      from ${known(wanted)}
    ) as drawn
    where stretch <= (select (max(position) - 1) / ${every}::int from worklist_items where worklist_id = ${worklistId})`);
  if (added.count === 0) {
    return fail(
      "conflict",
      "No study is known yet that its readers have not read: nothing adjudicated, nothing that two agreed on.",
    );
  }
  await tx.execute(
    sql`update worklists set studies = studies + ${added.count}::int where id = ${worklistId}`,
  );
  return ok({ added: added.count });
}
