import { sql } from "drizzle-orm";
import type { Transaction } from "@/server/db/client";

/** Describes films that no import brought before. */
export async function addFilms(tx: Transaction): Promise<void> {
  await tx.execute(sql`
    insert into image_objects (sha256, pixel_sha256, media_type, bytes, width, height, channels, bit_depth, thumbnail_sha256,
                               dicom_sha256)
    select distinct on (sha256) sha256, pixel_sha256, media_type, bytes, width, height, channels, bit_depth, thumbnail_sha256,
      dicom_sha256
    from staged_films
    on conflict (sha256) do nothing`);
}

/** Adds patients and studies that are new. What is there already is not touched. */
export async function addPatientsAndStudies(tx: Transaction, datasetId: number): Promise<void> {
  await tx.execute(sql`
    insert into patients (dataset_id, external_id, placeholder)
    select ${datasetId}, s.patient, s.placeholder
    from (select patient, bool_or(placeholder) as placeholder, min(line) as line from staged_rows group by patient) s
    where not exists (
      select from patients p where p.dataset_id = ${datasetId} and p.external_id = s.patient)
    order by s.line`);
  // A study's labels are its films'; where those differ, labelStudies settles it.
  await tx.execute(sql`
    insert into studies (dataset_id, patient_id, external_id, sequence, day_offset, source_labels, current_labels)
    select ${datasetId}, p.id, s.study, s.sequence, s.day_offset, s.labels, s.labels
    from (select patient, study, min(line) as line, min(sequence) as sequence, min(day_offset) as day_offset,
                 min(labels collate "C") as labels
          from staged_rows group by patient, study) s
    join patients p on p.dataset_id = ${datasetId} and p.external_id = s.patient
    where not exists (select from studies st where st.patient_id = p.id and st.external_id = s.study)
    order by s.line`);
  // Plans for what follows would else be made for the tables as they were, with a loop over each row.
  await tx.execute(sql`analyze patients, studies`);
}

/**
 * Lists in `changed_images` the films that are there and of which the table or the file now says something else,
 * with what differs, in words. A film that the import did not bring stays.
 */
export async function findChanged(tx: Transaction, datasetId: number): Promise<void> {
  await tx.execute(sql`
    create temporary table changed_images on commit drop as
    select * from (
      select i.id, s.line, s.path, p.id as patient_id, st.id as study_id, i.patient_id as old_patient_id,
        i.study_id as old_study_id,
        array_remove(array[
          case when rtrim(i.source_labels, '.') <> rtrim(s.labels, '.') then 'labels' end,
          case when i.patient_id <> p.id then 'patient' end,
          case when i.study_id <> st.id then 'study' end,
          case when i.view <> s.view then 'view' end,
          case when i.sex <> s.sex then 'sex' end,
          case when i.age is distinct from s.age then 'age' end,
          case when i.extra is distinct from s.extra then 'other columns' end,
          case when s.object_sha256 is not null and i.object_sha256 is distinct from s.object_sha256 then 'film' end,
          case when s.lung_mask_sha256 is not null and i.lung_mask_sha256 is distinct from s.lung_mask_sha256
            then 'lung mask' end
        ], null) as what
      from staged_rows s
      join images i on i.dataset_id = ${datasetId} and i.path = s.path
      join patients p on p.dataset_id = ${datasetId} and p.external_id = s.patient
      join studies st on st.patient_id = p.id and st.external_id = s.study
      where i.row_hash <> s.row_hash
        or (s.object_sha256 is not null and i.object_sha256 is distinct from s.object_sha256)
        or (s.lung_mask_sha256 is not null and i.lung_mask_sha256 is distinct from s.lung_mask_sha256)
    ) found
    where cardinality(what) > 0`);
}

// A study that was read keeps its labels, and its films have them (reading.md, Labels).
const currentLabels = sql`case when st.label_origin = 'source' then s.labels else st.current_labels end`;
const readState = sql`case st.label_origin when 'source' then 'unread' when 'adjudicated' then 'adjudicated' else 'read' end`;

/** Adds the rows that the dataset does not have; returns how many. */
export async function addImages(tx: Transaction, datasetId: number): Promise<number> {
  const added = await tx.execute(sql`
    insert into images (dataset_id, patient_id, study_id, path, view, sex, age, source_labels, labels, read_state,
                        object_sha256, lung_mask_sha256, extra, row_hash)
    select ${datasetId}, p.id, st.id, s.path, s.view, s.sex, s.age, s.labels, ${currentLabels}, ${readState},
           s.object_sha256, s.lung_mask_sha256, s.extra, s.row_hash
    from staged_rows s
    join patients p on p.dataset_id = ${datasetId} and p.external_id = s.patient
    join studies st on st.patient_id = p.id and st.external_id = s.study
    where not exists (select from images i where i.dataset_id = ${datasetId} and i.path = s.path)
    order by s.line`);
  return added.count;
}

/** Writes what `changed_images` lists; returns how many. */
export async function updateImages(tx: Transaction): Promise<number> {
  const updated = await tx.execute(sql`
    update images i set
      patient_id = c.patient_id, study_id = c.study_id, view = s.view, sex = s.sex, age = s.age,
      source_labels = s.labels, labels = ${currentLabels}, read_state = ${readState},
      object_sha256 = coalesce(s.object_sha256, i.object_sha256),
      lung_mask_sha256 = coalesce(s.lung_mask_sha256, i.lung_mask_sha256), extra = s.extra, row_hash = s.row_hash
    from changed_images c
    join staged_rows s on s.path = c.path
    join studies st on st.id = c.study_id
    where i.id = c.id`);
  return updated.count;
}
