import { eq, sql } from "drizzle-orm";
import type { Transaction } from "@/server/db/client";
import { datasets, imageObjects } from "@/server/db/schema";
import type { StoredFilm } from "@/server/images/store-film";

export type Merged = {
  readonly datasetId: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly absent: number;
  readonly studies: number;
  readonly patients: number;
};

/**
 * Turns an import's staged rows into patients, studies and images, as a few statements in the caller's
 * transaction. A row that is there and says the same is not written; labels of studies that were read stay.
 */
export async function mergeStaged(
  tx: Transaction,
  importId: number,
  dataset: { readonly name: string; readonly format: "chexpert" | "covid-chestxray"; readonly by: string },
  films: readonly StoredFilm[],
): Promise<Merged> {
  await tx.execute(sql`set local statement_timeout = 0`);
  await tx.execute(sql`set local work_mem = '96MB'`);
  // Two imports into one dataset take turns.
  await tx.execute(sql`select pg_advisory_xact_lock(742002, hashtext(${dataset.name}))`);
  const datasetId = await datasetOf(tx, dataset);
  // Nobody has counted the staged rows yet: without this the planner takes them for a handful.
  await tx.execute(sql`analyze import_rows`);
  for (let at = 0; at < films.length; at += 2000) {
    await tx
      .insert(imageObjects)
      .values(films.slice(at, at + 2000))
      .onConflictDoNothing();
  }
  await tx.execute(sql`
    insert into patients (dataset_id, external_id, placeholder)
    select ${datasetId}, patient, bool_or(placeholder) from import_rows where import_id = ${importId}
    group by patient order by min(line)
    on conflict (dataset_id, external_id) do nothing`);
  await tx.execute(sql`analyze patients`);
  await mergeStudies(tx, importId, datasetId);
  await tx.execute(sql`analyze studies`);
  const { added, updated, staged } = await mergeImages(tx, importId, datasetId);
  if (updated > 0) await dropEmptied(tx, datasetId);
  const [counts] = await tx.execute<{ studies: number; patients: number; images: number }>(sql`
    select (select count(*)::int from studies where dataset_id = ${datasetId}) as studies,
           (select count(*)::int from patients where dataset_id = ${datasetId}) as patients,
           (select count(*)::int from images where dataset_id = ${datasetId}) as images`);
  if (!counts) throw new Error("the dataset could not be counted");
  if (added + updated > 0) {
    await tx
      .update(datasets)
      .set({ version: sql`${datasets.version} + 1` })
      .where(eq(datasets.id, datasetId));
  }
  await tx.execute(sql`delete from import_rows where import_id = ${importId}`);
  const { studies, patients, images } = counts;
  return {
    datasetId,
    added,
    updated,
    unchanged: staged - added - updated,
    absent: images - staged,
    studies,
    patients,
  };
}

async function datasetOf(
  tx: Transaction,
  { name, format, by }: { name: string; format: "chexpert" | "covid-chestxray"; by: string },
) {
  await tx.insert(datasets).values({ name, format, createdBy: by, version: 0 }).onConflictDoNothing();
  const [row] = await tx.select({ id: datasets.id }).from(datasets).where(eq(datasets.name, name));
  if (!row) throw new Error(`dataset ${name} was not made`);
  return row.id;
}

/**
 * A study's labels: what its rows say; where they differ, per finding the strongest word (positive, uncertain,
 * negative, not mentioned). They become current unless somebody has read the study.
 */
async function mergeStudies(tx: Transaction, importId: number, datasetId: number): Promise<void> {
  await tx.execute(sql`
    with grouped as (
      select patient, study, min(line) as line, min(sequence) as sequence, min(day_offset) as day_offset,
             min(labels collate "C") as one, max(labels collate "C") as other,
             case when count(*) > 1 then array_agg(labels) end as every
      from import_rows where import_id = ${importId} group by patient, study),
    combined as (
      select patient, study, line, sequence, day_offset,
             case when one = other then one else (
               select string_agg(strongest, '' order by place) from (
                 select place, case when bool_or(state = '+') then '+' when bool_or(state = '?') then '?'
                                    when bool_or(state = '-') then '-' else '.' end as strongest
                 from unnest(every) as packed,
                      regexp_split_to_table(packed, '') with ordinality as cell(state, place)
                 group by place) as per_finding) end as labels
      from grouped)
    insert into studies (dataset_id, patient_id, external_id, sequence, day_offset, source_labels, current_labels)
    select ${datasetId}, p.id, r.study, r.sequence, r.day_offset, r.labels, r.labels
    from combined r
    join patients p on p.dataset_id = ${datasetId} and p.external_id = r.patient
    order by r.line
    on conflict (patient_id, external_id) do update set
      sequence = excluded.sequence, day_offset = excluded.day_offset, source_labels = excluded.source_labels,
      current_labels = case when studies.label_origin = 'source' then excluded.source_labels else studies.current_labels end
    where (studies.sequence, studies.day_offset, studies.source_labels)
      is distinct from (excluded.sequence, excluded.day_offset, excluded.source_labels)`);
}

/** Studies that lost their last image to another patient or study, unless somebody has dealt with them. */
async function dropEmptied(tx: Transaction, datasetId: number): Promise<void> {
  await tx.execute(sql`
    delete from studies s where s.dataset_id = ${datasetId}
      and not exists (select from images i where i.study_id = s.id)
      and not exists (select from reads r where r.study_id = s.id)
      and not exists (select from worklist_items w where w.study_id = s.id)`);
  await tx.execute(sql`
    delete from patients p where p.dataset_id = ${datasetId}
      and not exists (select from studies s where s.patient_id = p.id)
      and not exists (select from images i where i.patient_id = p.id)`);
}

async function mergeImages(tx: Transaction, importId: number, datasetId: number) {
  const [row] = await tx.execute<{ added: number; updated: number; staged: number }>(sql`
    with written as (
      insert into images (dataset_id, patient_id, study_id, path, view, sex, age, source_labels, labels,
                          read_state, object_sha256, extra, row_hash)
      select ${datasetId}, p.id, s.id, r.path, r.view, r.sex, r.age, r.labels,
             case when s.label_origin = 'source' then r.labels else s.current_labels end,
             case s.label_origin when 'source' then 'unread' when 'adjudicated' then 'adjudicated' else 'read' end,
             r.object_sha256, r.extra, r.row_hash
      from import_rows r
      join patients p on p.dataset_id = ${datasetId} and p.external_id = r.patient
      join studies s on s.patient_id = p.id and s.external_id = r.study
      where r.import_id = ${importId}
      order by r.line
      on conflict (dataset_id, path) do update set
        patient_id = excluded.patient_id, study_id = excluded.study_id, view = excluded.view, sex = excluded.sex,
        age = excluded.age, source_labels = excluded.source_labels, labels = excluded.labels,
        read_state = excluded.read_state, extra = excluded.extra, row_hash = excluded.row_hash,
        -- A table imported again without its films does not take the films away.
        object_sha256 = coalesce(excluded.object_sha256, images.object_sha256)
      where images.row_hash is distinct from excluded.row_hash
        or (excluded.object_sha256 is not null and images.object_sha256 is distinct from excluded.object_sha256)
      returning (xmax = 0) as inserted)
    select (select count(*)::int from written where inserted) as added,
           (select count(*)::int from written where not inserted) as updated,
           (select count(*)::int from import_rows where import_id = ${importId}) as staged`);
  if (!row) throw new Error("the merge did not answer");
  return row;
}
