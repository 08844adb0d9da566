import { type SQL, sql } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import type { CaseStanding, OpenCase } from "./adjudication-rules";
import type { CaseRead } from "./adjudication-schema";

/** Reads of a study that stand; `study` is an SQL expression. */
export function standingReads(study: SQL, kind: "read" | "adjudication"): SQL {
  return sql`reads r where r.study_id = ${study} and r.current and not r.withdrawn and r.kind = ${kind}`;
}

/** Whether a person has a part in the reading of a study: has read it, or has it open. */
export function readBy(person: number, study: SQL): SQL {
  return sql`(exists (select from ${standingReads(study, "read")} and r.reader_id = ${person})
    or exists (select from assignments a join worklist_items w on w.id = a.item_id
      where w.study_id = ${study} and a.reader_id = ${person} and a.status in ('leased', 'submitted')))`;
}

/** Items `i` that have all their reads, which differ, and nobody has decided between them. */
export const disagreements = sql`worklist_items i join studies s
  on s.id = i.study_id and s.reads_differ and i.reads_done >= i.reads_wanted and not i.skipped`;

/** The disagreements of a worklist that nobody has decided, in its order, as they stand to one adjudicator. */
export async function openCases(db: Executor, worklistId: number, adjudicator: number): Promise<OpenCase[]> {
  const rows = await db.execute<{ item: string; position: number; standing: CaseStanding }>(sql`
    select i.id as item, i.position, case
        when ${readBy(adjudicator, sql`i.study_id`)} then 'own'
        when l.adjudicator_id = ${adjudicator} then 'mine'
        when l.item_id is not null then 'elsewhere'
        else 'free' end as standing
    from ${disagreements}
    left join adjudication_leases l on l.item_id = i.id and l.lease_expires_at > now()
    where i.worklist_id = ${worklistId}
    order by i.position`);
  return rows.map((row) => ({ ...row, item: Number(row.item) }));
}

type ReadRow = Omit<CaseRead, "id" | "reader"> & { readonly id: string; readonly reader: string };

/** What the readers of a study said, always in the same order; who they are is told where nothing is hidden. */
export async function readsOfStudy(db: Executor, studyId: number, blind: boolean): Promise<CaseRead[]> {
  const rows = await db.execute<ReadRow>(sql`
    select r.id, r.labels, r.comment, r.regions,
      (select name from users where id = r.reader_id) as reader
    from ${standingReads(sql`${studyId}::bigint`, "read")} order by r.reader_id`);
  return rows.map((row) => ({ ...row, id: Number(row.id), reader: blind ? null : row.reader }));
}

/** Reads of a study that stand, by id: what a decision is made between. */
export async function standingReadIds(db: Executor, studyId: number): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select r.id from ${standingReads(sql`${studyId}::bigint`, "read")}`);
  return rows.map(({ id }) => Number(id));
}

/** The films of an item's study that are here, in the order in which they hang. */
export async function filmsOfItem(db: Executor, item: number): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select f.id from worklist_items i join images f on f.study_id = i.study_id and f.film_here
    where i.id = ${item} order by f.id`);
  return rows.map(({ id }) => Number(id));
}
