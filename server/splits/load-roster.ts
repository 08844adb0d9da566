import { sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/server/db/client";
import { type Roster, rosterOf } from "./roster";

/** A cohort's images with what groups them, in the roster's order. */
export async function loadRoster(
  db: Transaction,
  cohort: { readonly id: number; readonly classes: readonly string[] },
): Promise<Roster> {
  // A quarter of a million paths are sorted in memory, not on disk; until the end of this transaction.
  await db.execute(sql`select set_config('work_mem', '64MB', true)`);
  const members = await db.execute<MemberRow>(sql`
    select m.image_id, m.class_index, d.name as source, i.patient_id
    from cohort_images m
    join images i on i.id = m.image_id
    join datasets d on d.id = i.dataset_id
    where m.cohort_id = ${cohort.id}
    order by d.name collate "C", i.path collate "C"`);
  const shared = await sharedFilms(db);
  const placeholders = await placeholderPatients(db);
  const days = await knownDays(db, cohort.id);
  const filmOf = new Map(shared.map((one) => [one.imageId, one.film]));
  const rows = members.map((row) => {
    const imageId = Number(row.image_id);
    const patientId = Number(row.patient_id);
    return {
      imageId,
      classIndex: row.class_index,
      source: row.source,
      patientId,
      placeholder: placeholders.has(patientId),
      film: filmOf.get(imageId) ?? null,
      day: days.get(imageId) ?? null,
    };
  });
  return rosterOf(rows, cohort.classes, linksOf(shared, placeholders));
}

/** Dataset name → version, of every dataset: a duplicate may lie in any of them. */
export async function currentVersions(db: Executor): Promise<Record<string, number>> {
  const rows = await db.execute<{ name: string; version: number }>(sql`select name, version from datasets`);
  return Object.fromEntries(rows.map(({ name, version }) => [name, version]));
}

// bigint columns come from the driver as text.
type MemberRow = { image_id: string; class_index: number; source: string; patient_id: string };
type SharedFilm = { readonly film: string; readonly imageId: number; readonly patientId: number };

/** Every image, of any dataset, whose decoded film stands under another image too: few, so found first. */
async function sharedFilms(db: Executor): Promise<readonly SharedFilm[]> {
  const rows = await db.execute<{ film: string; image_id: string; patient_id: string }>(sql`
    with repeated as (
      select pixel_sha256 from image_objects group by pixel_sha256 having count(*) > 1
      union
      select o.pixel_sha256 from image_objects o where o.sha256 in (
        select object_sha256 from images where object_sha256 is not null
        group by object_sha256 having count(*) > 1)
    )
    select o.pixel_sha256 as film, i.id as image_id, i.patient_id
    from repeated
    join image_objects o using (pixel_sha256)
    join images i on i.object_sha256 = o.sha256
    order by film, i.patient_id, i.id`);
  return rows.map((row) => ({
    film: row.film,
    imageId: Number(row.image_id),
    patientId: Number(row.patient_id),
  }));
}

async function placeholderPatients(db: Executor): Promise<ReadonlySet<number>> {
  const rows = await db.execute<{ id: string }>(sql`select id from patients where placeholder`);
  return new Set(rows.map((row) => Number(row.id)));
}

async function knownDays(db: Executor, cohortId: number): Promise<ReadonlyMap<number, number>> {
  const rows = await db.execute<{ image_id: string; day: number }>(sql`
    select m.image_id, s.day_offset as day
    from studies s
    join images i on i.study_id = s.id
    join cohort_images m on m.image_id = i.id and m.cohort_id = ${cohortId}
    where s.day_offset is not null`);
  return new Map(rows.map((row) => [Number(row.image_id), row.day]));
}

/**
 * Patients under whom one film stands, each with the film's first: also by films outside the cohort, because
 * those too show two patients of the cohort to be one.
 */
function linksOf(
  shared: readonly SharedFilm[],
  placeholders: ReadonlySet<number>,
): readonly (readonly [number, number])[] {
  const first = new Map<string, number>();
  return shared.flatMap(({ film, patientId }) => {
    if (placeholders.has(patientId)) return [];
    const known = first.get(film);
    if (known === undefined) first.set(film, patientId);
    return known === undefined || known === patientId ? [] : [[known, patientId] as const];
  });
}
