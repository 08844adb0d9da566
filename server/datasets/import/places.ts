import { type Dirent, existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { ExpectedFailure } from "@/server/lib/errors";
import type { DatasetFormat } from "../formats/format";

export type ImportPlaces = {
  /** The table: csv or csv.gz. */
  readonly table: string;
  /** Where the films lie; null when a table was given alone. */
  readonly folder: string | null;
};

/**
 * Finds table and films of what was named: the dataset's folder, its parent, or the table alone.
 * @param otherTable a table in place of the folder's own
 * @throws ExpectedFailure in words that say what was looked for
 */
export async function findPlaces(
  format: DatasetFormat,
  source: string,
  otherTable: string | null,
): Promise<ImportPlaces> {
  const place = path.resolve(source);
  const found = await stat(place).catch(() => null);
  if (!found) throw new ExpectedFailure("not-found", `There is no ${source}.`);
  if (!found.isDirectory()) return { table: place, folder: null };
  if (otherTable === null) {
    const folder = await folderWithTable(format, place);
    return { table: path.join(folder, tableName(format, folder)), folder };
  }
  const table = path.resolve(otherTable);
  if (!existsSync(table)) throw new ExpectedFailure("not-found", `There is no ${otherTable}.`);
  return { table, folder: place };
}

/** The folder itself, or the only one below it that has the table: people unpack one level higher. */
async function folderWithTable(format: DatasetFormat, folder: string): Promise<string> {
  if (hasTable(format, folder)) return folder;
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true });
  const below = entries
    .map((entry) => path.join(folder, entry.name))
    .filter((candidate) => hasTable(format, candidate));
  const [only, another] = below;
  if (only !== undefined && another === undefined) return only;
  const name = path.basename(folder);
  throw new ExpectedFailure(
    "invalid",
    another === undefined
      ? `There is no ${format.table} in ${name}: is it a ${format.title} folder?`
      : `${below.length} folders in ${name} have a ${format.table}: name one of them.`,
  );
}

function hasTable(format: DatasetFormat, folder: string): boolean {
  return existsSync(path.join(folder, tableName(format, folder)));
}

function tableName({ table }: DatasetFormat, folder: string): string {
  return existsSync(path.join(folder, table)) ? table : `${table}.gz`;
}
