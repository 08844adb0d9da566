import { gunzipSync } from "node:zlib";
import { driver } from "@/server/db/client";
import { objectStore } from "@/server/storage/open";

/** Every row of every table, as text. */
export async function everyRow(): Promise<string> {
  const tables = await driver()<{ schema: string; name: string }[]>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;
  const texts: string[] = [];
  for (const { schema, name } of tables) {
    const rows = await driver()<
      { row: string }[]
    >`select t::text as row from ${driver()(`${schema}.${name}`)} t`;
    texts.push(...rows.map(({ row }) => row));
  }
  return texts.join("\n");
}

/** The de-identified files in the store, unpacked, of a dataset's films and of what waits in quarantine. */
export async function storedDicoms(): Promise<Buffer[]> {
  const rows = await driver()<{ sha256: string }[]>`
    select dicom_sha256 as sha256 from image_objects where dicom_sha256 is not null order by created_at, sha256`;
  return Promise.all(rows.map(async ({ sha256 }) => gunzipSync(await objectStore().get(sha256))));
}

/** Every object that films refer to, as it lies in the store. */
export async function storedObjects(): Promise<Buffer[]> {
  const rows = await driver()<{ sha256: string }[]>`
    select unnest(array[sha256, thumbnail_sha256, dicom_sha256]) as sha256 from image_objects`;
  return Promise.all(rows.map(({ sha256 }) => objectStore().get(sha256)));
}
