import { sql } from "drizzle-orm";
import type { Transaction } from "@/server/db/client";

/**
 * Gives studies whose films say different things, or whose films changed, the labels that follow from all their
 * films: a finding is positive where a film says so, uncertain where one does or where one says positive and
 * another negative, else negative where one says so. Current labels follow unless somebody has read the study.
 * @param newAfter films with a larger id came with this import
 */
export async function labelStudies(tx: Transaction, datasetId: number, newAfter: number): Promise<void> {
  await tx.execute(sql`
    with touched as materialized (
      select study_id from changed_images
      union select old_study_id from changed_images
      union select study_id from images where dataset_id = ${datasetId}
      group by study_id having count(*) > 1 and max(id) > ${newAfter}
    ), differing as materialized (
      select i.study_id, min(i.source_labels collate "C") as labels, count(distinct i.source_labels) > 1 as differ
      from images i where i.study_id in (select study_id from touched) group by i.study_id
    ), characters as (
      select i.study_id, position,
        bool_or(said = '+') as positive, bool_or(said = '-') as negative, bool_or(said = '?') as uncertain
      from images i
      join differing d on d.study_id = i.study_id and d.differ
      cross join lateral string_to_table(i.source_labels, null) with ordinality as c (said, position)
      group by i.study_id, position
    ), merged as (
      select study_id, string_agg(
        case when positive and negative then '?' when positive then '+' when uncertain then '?'
             when negative then '-' else '.' end, '' order by position) as labels
      from characters group by study_id
      union all select study_id, labels from differing where not differ
    )
    update studies st set source_labels = m.labels,
      current_labels = case when st.label_origin = 'source' then m.labels else st.current_labels end
    from merged m
    where st.id = m.study_id and st.source_labels <> m.labels`);
}

/** Removes studies and patients that a correction left without a film, unless somebody worked on them. */
export async function removeLeft(tx: Transaction): Promise<void> {
  await tx.execute(sql`
    delete from studies st using changed_images c
    where st.id = c.old_study_id and c.old_study_id <> c.study_id
      and not exists (select from images i where i.study_id = st.id)
      and not exists (select from reads r where r.study_id = st.id)
      and not exists (select from worklist_items w where w.study_id = st.id)`);
  await tx.execute(sql`
    delete from patients p using changed_images c
    where p.id = c.old_patient_id and c.old_patient_id <> c.patient_id
      and not exists (select from images i where i.patient_id = p.id)
      and not exists (select from studies st where st.patient_id = p.id)`);
}
