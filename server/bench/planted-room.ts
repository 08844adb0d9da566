import { sql } from "drizzle-orm";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { createWorklist } from "@/server/reading/worklist-commands";

const shell = { kind: "shell", osUser: "bench" } as const;

/** A worklist of this many fresh studies, one patient and one film each. */
export async function plantRoomOf(name: string, studies: number, readsWanted: number): Promise<number> {
  await database().execute(sql`
    with dataset as (
      insert into datasets (name, format, created_by) values (${name}, 'chexpert', 'bench') returning id
    ), patient as (
      insert into patients (dataset_id, external_id)
      select id, 'patient' || n from dataset, generate_series(1, ${studies}::int) n returning id, dataset_id
    ), study as (
      insert into studies (dataset_id, patient_id, external_id) select dataset_id, id, 'study1' from patient
      returning id, dataset_id, patient_id
    )
    insert into images (dataset_id, patient_id, study_id, path, view, sex, source_labels, labels, row_hash)
    select dataset_id, patient_id, id, 'patient' || patient_id || '/study1/view1.jpg', 'PA', 'F', '', '', '' from study`);
  const made = await createWorklist(shell, { name, dataset: name, query: { kind: "random" }, readsWanted });
  return valueIn(made).id;
}
