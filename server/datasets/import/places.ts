import { type Dirent, existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { ExpectedFailure } from "@/server/lib/errors";
import type { DatasetFormat, TableFormat } from "../formats/format";

export type TablePlaces = {
  readonly kind: "table";
  readonly format: TableFormat;
  /** The table: csv or csv.gz. */
  readonly table: string;
  /** Where the films lie; null when a table was given alone. */
  readonly folder: string | null;
};
/** Files that need no table: a folder of them, or one. */
export type FilePlaces = { readonly kind: "files"; readonly place: string };
export type ImportPlaces = TablePlaces | FilePlaces;

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
  if (format.kind === "files") {
    if (otherTable !== null) throw new ExpectedFailure("invalid", `${format.title} files have no table.`);
    return { kind: "files", place };
  }
  const kind = "table";
  if (!found.isDirectory()) return { kind, format, table: place, folder: null };
  if (otherTable === null) {
    const folder = await folderWithTable(format, place);
    return { kind, format, table: path.join(folder, tableName(format, folder)), folder };
  }
  const table = path.resolve(otherTable);
  if (!existsSync(table)) throw new ExpectedFailure("not-found", `There is no ${otherTable}.`);
  return { kind, format, table, folder: place };
}

/** The folder itself, or the only one below it that has the table: people unpack one level higher. */
async function folderWithTable(format: TableFormat, folder: string): Promise<string> {
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

function hasTable(format: TableFormat, folder: string): boolean {
  return existsSync(path.join(folder, tableName(format, folder)));
}

function tableName({ table }: TableFormat, folder: string): string {
  return existsSync(path.join(folder, table)) ? table : `${table}.gz`;
}
