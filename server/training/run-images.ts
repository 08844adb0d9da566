import { type SQL, sql } from "drizzle-orm";
import { database } from "@/server/db/client";
import type { RunImages } from "./child/protocol";

/**
 * The images of a split with part, class and patient, in the order of their ids, so that the same split gives
 * the same order every time.
 */
export async function loadRunImages(splitId: number): Promise<RunImages> {
  return columnsOf(sql`
    select s.image_id as id, i.object_sha256 as sha256, s.part, s.class_index as label,
      case when p.placeholder then null else i.patient_id end as patient,
      d.name as dataset, i.view, i.sex, l.image_id is not null as leaked
    from split_images s
    join images i on i.id = s.image_id
    join patients p on p.id = i.patient_id
    join datasets d on d.id = i.dataset_id
    left join split_leaks l on l.split_id = s.split_id and l.image_id = s.image_id
    where s.split_id = ${splitId} and i.object_sha256 is not null
    order by s.image_id`);
}

/** The images of a cohort whose films are here, all of them as training images, in the roster's order. */
export async function loadCohortImages(cohortId: number): Promise<RunImages> {
  return columnsOf(sql`
    select m.image_id as id, i.object_sha256 as sha256, 0 as part, m.class_index as label,
      case when p.placeholder then null else i.patient_id end as patient,
      d.name as dataset, i.view, i.sex, false as leaked
    from cohort_images m
    join images i on i.id = m.image_id
    join patients p on p.id = i.patient_id
    join datasets d on d.id = i.dataset_id
    where m.cohort_id = ${cohortId} and i.object_sha256 is not null
    order by d.name collate "C", i.path collate "C"`);
}

/** The objects of a split's films. */
export function splitFilms(splitId: number): SQL {
  return sql`select i.object_sha256 from split_images s join images i on i.id = s.image_id
    where s.split_id = ${splitId}`;
}

/** The objects of a cohort's films. */
export function cohortFilms(cohortId: number): SQL {
  return sql`select i.object_sha256 from cohort_images m join images i on i.id = m.image_id
    where m.cohort_id = ${cohortId}`;
}

async function columnsOf(select: SQL): Promise<RunImages> {
  const rows = await database().execute<{
    id: string;
    sha256: string;
    part: number;
    label: number;
    patient: string | null;
    dataset: string;
    view: string;
    sex: string;
    leaked: boolean;
  }>(select);
  const numbers = new Map<string, number>();
  return {
    ids: Float64Array.from(rows, (row) => Number(row.id)),
    sha256: rows.map((row) => row.sha256),
    part: Uint8Array.from(rows, (row) => row.part),
    label: Int32Array.from(rows, (row) => row.label),
    patient: Int32Array.from(rows, (row) => numberOf(numbers, row.patient ?? `alone ${row.id}`)),
    traits: {
      dataset: rows.map((row) => row.dataset),
      view: rows.map((row) => row.view),
      sex: rows.map((row) => row.sex),
      patient: rows.map((row) => (row.leaked ? "in training too" : "not in training")),
    },
  };
}

function numberOf(known: Map<string, number>, key: string): number {
  const number = known.get(key) ?? known.size;
  known.set(key, number);
  return number;
}
