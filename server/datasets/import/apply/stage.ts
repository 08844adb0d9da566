import { createReadStream } from "node:fs";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/server/db/client";
import { copyFrom } from "@/server/db/copy";
import { filmColumns, rejectionColumns, stagedColumns } from "../spool";
import type { WorkFolder } from "../work-folder";

/**
 * Copies what an import collected into tables that only this transaction sees and that end with it:
 * `staged_rows`, `staged_quarantine` and `staged_films`.
 */
export async function stage(tx: Transaction, files: WorkFolder): Promise<void> {
  await makeStagedRows(tx);
  await tx.execute(sql`
    create temporary table staged_quarantine (like staged_rows, reason text not null) on commit drop`);
  await tx.execute(sql`
    create temporary table staged_films (
      sha256 text not null, pixel_sha256 text not null, media_type text not null, bytes integer not null,
      width integer not null, height integer not null, channels smallint not null, bit_depth smallint not null,
      thumbnail_sha256 text not null, dicom_sha256 text
    ) on commit drop`);
  await copyFrom(tx, `staged_rows (${stagedColumns})`, createReadStream(files.rows));
  await copyFrom(tx, `staged_quarantine (${stagedColumns}, reason)`, createReadStream(files.quarantined));
  await copyFrom(tx, `staged_films (${filmColumns})`, createReadStream(files.films));
  await tx.execute(sql`analyze staged_rows`);
}

/** The rows that `rows.ts` and `studies.ts` make patients, studies and images of. */
export async function makeStagedRows(tx: Transaction): Promise<void> {
  await tx.execute(sql`
    create temporary table staged_rows (
      line integer not null, path text not null, patient text not null, placeholder boolean not null,
      study text not null, sequence integer not null, day_offset integer, view text not null, sex text not null,
      age smallint, labels text not null, extra jsonb, row_hash text not null, object_sha256 text,
      lung_mask_sha256 text
    ) on commit drop`);
}

/** Keeps the rows that could not be taken with their import. */
export async function keepRejections(tx: Transaction, importId: number, files: WorkFolder): Promise<void> {
  await tx.execute(sql`delete from import_rejections where import_id = ${importId}`);
  await copyFrom(tx, `import_rejections (${rejectionColumns})`, createReadStream(files.rejections));
}
