import { stringify } from "csv-stringify/sync";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { command } from "@/server/auth/command";
import { cohorts, splits } from "@/server/db/schema";
import { ok } from "@/server/lib/errors";
import { findSplit } from "./find";
import { parts } from "./rules";
import { splitReference } from "./schema";

type Row = { dataset: string; path: string; patient: string; class: string; part: number };

/**
 * The split as CSV: `dataset,path,patient,class,part`, in the order of dataset and path. A value that a
 * spreadsheet would run as a formula gets an apostrophe in front. A command, because an export leaves an audit
 * row. Errors: not-found.
 */
export const exportSplit = command({
  name: "split.export",
  permission: "splits.view",
  input: z.object({ split: splitReference }),
  async run({ tx, input, audit }) {
    const found = await findSplit(tx, input.split);
    if (!found.ok) return found;
    const { id, name } = found.value;
    const rows = await tx.execute<Row>(sql`
      select d.name as dataset, i.path, p.external_id as patient, m.part,
        ${cohorts.classes} ->> m.class_index::int as class
      from split_images m
      join ${splits} on ${splits.id} = m.split_id
      join ${cohorts} on ${cohorts.id} = ${splits.cohortId}
      join images i on i.id = m.image_id
      join datasets d on d.id = i.dataset_id
      join patients p on p.id = i.patient_id
      where m.split_id = ${id}
      order by d.name collate "C", i.path collate "C"`);
    audit({ action: "split.exported", object: { type: "split", id }, detail: { images: rows.length } });
    const csv = stringify(
      rows.map((row) => [row.dataset, row.path, row.patient, row.class, parts[row.part] ?? ""]),
      { header: true, columns: ["dataset", "path", "patient", "class", "part"], escape_formulas: true },
    );
    return ok({ split: name, images: rows.length, csv });
  },
});
