import { sql } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import { type Roster, type RosterRow, rosterOf } from "./roster";

/** A cohort's images with what groups them, in the roster's order. */
export async function loadRoster(
  db: Executor,
  cohort: { readonly id: number; readonly classes: readonly string[] },
): Promise<Roster> {
  const rows = await db.execute<LoadedRow>(sql`
    select m.image_id, m.class_index, d.name as source, i.patient_id, p.placeholder,
      o.pixel_sha256 as film, s.day_offset as day
    from cohort_images m
    join images i on i.id = m.image_id
    join datasets d on d.id = i.dataset_id
    join patients p on p.id = i.patient_id
    join studies s on s.id = i.study_id
    left join image_objects o on o.sha256 = i.object_sha256
    where m.cohort_id = ${cohort.id}
    order by d.name collate "C", i.path collate "C"`);
  return rosterOf(rows.map(rosterRow), cohort.classes, await linkedPatients(db));
}

/** Dataset name → version, of every dataset: a duplicate may lie in any of them. */
export async function currentVersions(db: Executor): Promise<Record<string, number>> {
  const rows = await db.execute<{ name: string; version: number }>(sql`select name, version from datasets`);
  return Object.fromEntries(rows.map(({ name, version }) => [name, version]));
}

/**
 * Patients who share a film, wherever it lies: each one with the lowest id among those with that film. Taken
 * over all data, because two patients of the cohort can be shown to be one by films outside it.
 */
async function linkedPatients(db: Executor): Promise<readonly (readonly [number, number])[]> {
  const rows = await db.execute<{ patient_id: string; first_id: string }>(sql`
    with holders as (
      select distinct o.pixel_sha256, i.patient_id
      from image_objects o
      join images i on i.object_sha256 = o.sha256
      join patients p on p.id = i.patient_id and not p.placeholder
    ), shared as (
      select pixel_sha256, min(patient_id) as first_id from holders group by pixel_sha256 having count(*) > 1
    )
    select distinct h.patient_id, s.first_id
    from shared s join holders h using (pixel_sha256)
    where h.patient_id <> s.first_id`);
  return rows.map((row) => [Number(row.patient_id), Number(row.first_id)] as const);
}

// bigint columns come from the driver as text.
type LoadedRow = {
  image_id: string;
  class_index: number;
  source: string;
  patient_id: string;
  placeholder: boolean;
  film: string | null;
  day: number | null;
};

function rosterRow(row: LoadedRow): RosterRow {
  return {
    imageId: Number(row.image_id),
    classIndex: row.class_index,
    source: row.source,
    patientId: Number(row.patient_id),
    placeholder: row.placeholder,
    film: row.film,
    day: row.day,
  };
}
