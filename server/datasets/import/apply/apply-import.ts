import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { actorName } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import { formatNames } from "@/server/datasets/formats/registry";
import type { ImportResult } from "@/server/datasets/schema";
import type { Transaction } from "@/server/db/client";
import { imports } from "@/server/db/schema";
import { fail, ok } from "@/server/lib/errors";
import type { Counts } from "../collect";
import type { WorkFolder } from "../work-folder";
import { applyRows } from "./apply-rows";
import { lockDataset } from "./dataset";
import { holdFilms } from "./hold-films";
import { addFilms } from "./rows";
import { keepRejections, stage } from "./stage";

const input = z.object({
  importId: z.number(),
  name: z.string(),
  format: z.enum(formatNames),
  counts: z.custom<Counts>(),
  files: z.custom<WorkFolder>(),
  /** Of `performance.now()`. */
  began: z.number(),
});

/** How many rejected and how many changed rows the result document names; all rejected ones are kept. */
const rowsInResult = 1000;

/** Makes everything that an import collected visible at once, and says what that changed. */
export const applyImport = command({
  name: "import.apply",
  permission: "datasets.import",
  input,
  async run({ tx, actor, input: { importId, name, format, counts, files, began }, audit }) {
    // It may take its time; what it waits for is only another import into the same dataset.
    await tx.execute(sql`set local statement_timeout = 0`);
    await tx.execute(sql`set local work_mem = '64MB'`);
    const [current] = await tx
      .select({ id: imports.id })
      .from(imports)
      .where(and(eq(imports.id, importId), eq(imports.status, "running")))
      .for("update");
    if (!current) return fail("conflict", "This import was given up in the meantime. Import again.");
    const dataset = await lockDataset(tx, { name, format, createdBy: actorName(actor) });
    await stage(tx, files);
    await addFilms(tx);
    const { added, updated } = await applyRows(tx, dataset);
    await keepRejections(tx, importId, files);
    await holdFilms(tx, importId, name);
    const result: ImportResult = {
      dataset: name,
      rows: counts.rows,
      images: { present: counts.present, missing: counts.missing },
      ...(await distinct(tx)),
      added,
      updated,
      unchanged: counts.taken - added - updated,
      absent: await absent(tx, dataset.id, importId),
      changes: await changes(tx),
      quarantined: counts.quarantined,
      lungMasks: {
        taken: counts.lungMasks.taken,
        refused: counts.lungMasks.refused.slice(0, rowsInResult),
      },
      rejected: { count: counts.rejected, rows: await rejections(tx, importId) },
      seconds: Math.round((performance.now() - began) / 10) / 100,
    };
    await tx
      .update(imports)
      .set({
        status: "done",
        datasetId: dataset.id,
        finishedAt: new Date(),
        result,
        progress: null,
        error: null,
      })
      .where(eq(imports.id, importId));
    audit({
      action: "dataset.imported",
      object: { type: "dataset", id: dataset.id },
      after: { ...result, changes: result.changes.by, rejected: result.rejected.count, importId },
    });
    return ok(result);
  },
});

/** Studies and known patients of the rows that were taken or wait in quarantine. */
async function distinct(tx: Transaction): Promise<{ studies: number; patients: number }> {
  const [row] = await tx.execute<{ studies: number; patients: number }>(sql`
    with brought as (
      select patient, study, placeholder from staged_rows
      union all select patient, study, placeholder from staged_quarantine
    )
    select (select count(*)::int from (select distinct patient, study from brought) s) as studies,
      (select count(*)::int from (select distinct patient from brought where not placeholder) p) as patients`);
  return { studies: row?.studies ?? 0, patients: row?.patients ?? 0 };
}

/** Films of the dataset that the table no longer names. */
async function absent(tx: Transaction, datasetId: number, importId: number): Promise<number> {
  const [row] = await tx.execute<{ absent: number }>(sql`
    select count(*)::int as absent from images i
    where i.dataset_id = ${datasetId}
      and not exists (select from staged_rows s where s.path = i.path)
      and not exists (select from import_rejections r where r.import_id = ${importId} and r.path = i.path)`);
  return row?.absent ?? 0;
}

async function changes(tx: Transaction): Promise<ImportResult["changes"]> {
  const by = await tx.execute<{ what: string; films: number }>(sql`
    select unnest(what) as what, count(*)::int as films from changed_images group by 1 order by 2 desc, 1`);
  const rows = await tx.execute<{ line: number; path: string; what: string[] }>(sql`
    select line, path, what from changed_images order by line limit ${rowsInResult}`);
  return { by: Object.fromEntries(by.map(({ what, films }) => [what, films])), rows: [...rows] };
}

async function rejections(tx: Transaction, importId: number): Promise<ImportResult["rejected"]["rows"]> {
  const rows = await tx.execute<{ line: number; reason: string }>(sql`
    select line, reason from import_rejections where import_id = ${importId} order by line limit ${rowsInResult}`);
  return [...rows];
}
