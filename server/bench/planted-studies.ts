import { sql } from "drizzle-orm";
import { database } from "@/server/db/client";

export const studies = 223_414;

/** As many studies as CheXpert has images, one image each, about as many patients, no two labels alike. */
export async function plantStudies(): Promise<void> {
  await database().execute(sql`select setseed(0.42)`);
  await database().execute(sql`
    insert into datasets (name, format, created_by) values ('chexpert', 'chexpert', 'bench')`);
  await database().execute(sql`
    insert into patients (dataset_id, external_id)
    select 1, 'patient' || n from generate_series(1, 64540) n order by n`);
  await database().execute(sql`
    insert into studies (dataset_id, patient_id, external_id, sequence, source_labels, current_labels)
    select 1, 1 + n % 64540, 'study' || n, n / 64540, labels, labels
    from (select n, left(translate(md5(random()::text), '0123456789abcdef', '.........+++--??'), 14) as labels
      from generate_series(1, ${studies}::int) n) drawn
    order by n`);
  await database().execute(sql`
    insert into images (dataset_id, patient_id, study_id, path, view, sex, age, source_labels, labels, row_hash)
    select 1, patient_id, id, 'CheXpert-v1.0-small/train/patient' || patient_id || '/' || external_id
      || '/view1_frontal.jpg', 'AP', 'F', 50, source_labels, current_labels, '' from studies order by id`);
  await database().execute(sql`analyze`);
}
