import { sql } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import type { Rejected, TableRead } from "./read-import-table";

/** A row whose study and reader are known here. */
export type MatchedRead = {
  readonly line: number;
  readonly studyId: number;
  readonly readerId: number;
  readonly labels: string;
  readonly comment: string;
  readonly activeMs: number;
};

/**
 * Finds the worklist's study and the person that each row means. A study is named as the dataset's own table does
 * it (`study1` beside a patient, `patient00001/study1`, the path of a film or its folder) or by its number in
 * addresses here; a reader by e-mail, or by a name that one person has.
 */
export async function matchReads(
  db: Executor,
  worklistId: number,
  rows: readonly TableRead[],
): Promise<{ matched: MatchedRead[]; rejected: Rejected[] }> {
  const [studies, readers] = await Promise.all([studiesOf(db, worklistId, rows), readersOf(db, rows)]);
  const matched: MatchedRead[] = [];
  const rejected: Rejected[] = [];
  const seen = new Map<string, number>();
  for (const [place, { line, study, reader, labels, comment, activeMs }] of rows.entries()) {
    const [studyIds, readerIds] = [studies.get(place) ?? [], readers.get(reader.toLowerCase()) ?? []];
    const [studyId, readerId] = [studyIds[0], readerIds[0]];
    const key = `${studyId} ${readerId}`;
    const before = seen.get(key);
    if (studyId === undefined) rejected.push({ line, reason: `The worklist has no study “${study}”.` });
    else if (studyIds.length > 1) rejected.push({ line, reason: ambiguousStudy(study, studyIds.length) });
    else if (readerId === undefined) rejected.push({ line, reason: `There is no reader “${reader}”.` });
    else if (readerIds.length > 1) {
      rejected.push({
        line,
        reason: `${readerIds.length} people are called “${reader}”: write the e-mail address.`,
      });
    } else if (before !== undefined) {
      rejected.push({ line, reason: `The same study and reader as in line ${before}.` });
    } else {
      seen.set(key, line);
      matched.push({ line, studyId, readerId, labels, comment, activeMs });
    }
  }
  return { matched, rejected };
}

function ambiguousStudy(study: string, studies: number): string {
  return `“${study}” could be ${studies} studies of the worklist: add a column patient, and dataset where needed.`;
}

/** Place in `rows` → studies that it can mean, by the most exact of its names that any has. */
async function studiesOf(
  db: Executor,
  worklistId: number,
  rows: readonly TableRead[],
): Promise<Map<number, number[]>> {
  const named = rows.map(({ dataset, patient, study }, place) => ({ dataset, patient, study, place }));
  const found = await db.execute<{ place: number; studies: string[] }>(sql`
    with named as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(named)}::jsonb)
        as row (dataset text, patient text, study text, place int)
    ), listed as materialized (
      select s.id, s.external_id as study, p.external_id as patient, d.name as dataset
      from worklist_items w
      join studies s on s.id = w.study_id
      join patients p on p.id = s.patient_id
      join datasets d on d.id = s.dataset_id
      where w.worklist_id = ${worklistId}
    ), names as (
      select i.path as name, 1 as exactness, l.* from listed l join images i on i.study_id = l.id
      union select regexp_replace(i.path, '/[^/]*$', ''), 1, l.*
        from listed l join images i on i.study_id = l.id where i.path like '%/%'
      union all select patient || '/' || study, 2, listed.* from listed
      union all select study, 3, listed.* from listed
      union all select id::text, 4, listed.* from listed
    ), fitting as (
      select named.place, names.id, names.exactness,
        min(names.exactness) over (partition by named.place) as most
      from named join names on names.name = named.study
      where named.patient in ('', names.patient) and named.dataset in ('', names.dataset)
    )
    select place, array_agg(distinct id) as studies from fitting where exactness = most group by place`);
  return new Map(found.map(({ place, studies }) => [place, studies.map(Number)]));
}

/** What a row writes, in small letters → people whom it can mean. */
async function readersOf(db: Executor, rows: readonly TableRead[]): Promise<Map<string, number[]>> {
  const names = [...new Set(rows.map(({ reader }) => reader.toLowerCase()))];
  const found = await db.execute<{ name: string; readers: string[] }>(sql`
    select named.name, array_agg(u.id order by u.id) as readers
    from jsonb_array_elements_text(${JSON.stringify(names)}::jsonb) as named (name)
    join users u on lower(u.email) = named.name
      or (lower(u.name) = named.name and not exists (select from users where lower(email) = named.name))
    group by named.name`);
  return new Map(found.map(({ name, readers }) => [name, readers.map(Number)]));
}
