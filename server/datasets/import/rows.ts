import { realpath, stat } from "node:fs/promises";
import path from "node:path";
import { ExpectedFailure } from "@/server/lib/errors";
import type { FilmRow, TableFormat } from "../formats/format";
import { readTable } from "../table/read-table";
import type { TablePlaces } from "./places";

export type FilmFile = { readonly place: string; readonly bytes: number };
export type Rejection = { readonly line: number; readonly path: string | null; readonly reason: string };
export type TableItem =
  | {
      readonly kind: "row";
      readonly line: number;
      readonly row: FilmRow;
      readonly film: FilmFile | null;
      /** The film's lung mask, where the dataset brings one. */
      readonly lungMask: FilmFile | null;
    }
  | ({ readonly kind: "rejected"; readonly missing: boolean } & Rejection);

/**
 * Goes through a table row by row; each comes out once, with its film's file, or as a rejection with the reason.
 * @param roots folders that a film's file must lie below, links resolved; null: links may lead anywhere
 */
export async function* rowsOf(
  { format, table, folder }: TablePlaces,
  positions: ReadonlyMap<string, number>,
  roots: readonly string[] | null,
): AsyncGenerator<TableItem> {
  const { columns, rows } = await readTable(table);
  const lacking = format.requiredColumns.filter((name) => !columns.includes(name));
  if (lacking.length > 0) throw wrongHeader(format, lacking);
  const read = format.rowReader(columns, positions);
  const firstLines = new Map<string, number>();
  for await (const { line, cells } of rows) {
    const rejected = (at: string | null, reason: string, missing = false): TableItem => ({
      kind: "rejected",
      line,
      path: at,
      reason,
      missing,
    });
    if (cells.length !== columns.length) {
      yield rejected(null, `${cells.length} cells where the header has ${columns.length}`);
      continue;
    }
    const parsed = read(cells);
    if (!parsed.ok) {
      yield rejected(parsed.path, parsed.reason);
      continue;
    }
    const { row } = parsed;
    const film = folder === null ? null : await findFilm(folder, format.filesOf(row.path), roots);
    const first = firstLines.get(row.path);
    if (folder !== null && film === null) yield rejected(row.path, "image missing", true);
    else if (first !== undefined) yield rejected(row.path, `file name twice (first on line ${first})`);
    else {
      firstLines.set(row.path, line);
      const mask = film && format.lungMaskOf?.(row.path);
      const lungMask = folder && mask ? await findFilm(folder, [mask], roots) : null;
      yield { kind: "row", line, row, film, lungMask };
    }
  }
}

async function findFilm(
  folder: string,
  files: readonly string[],
  roots: readonly string[] | null,
): Promise<FilmFile | null> {
  for (const file of files) {
    const place = path.resolve(folder, file);
    // A table is data from outside: its paths stay inside the folder that was named.
    if (!place.startsWith(folder + path.sep)) continue;
    const found = await stat(place).catch(absent);
    if (!found?.isFile()) continue;
    if (roots && !isBelow(await realpath(place), roots)) continue;
    return { place, bytes: found.size };
  }
  return null;
}

/** Whether a resolved path is one of the folders or lies below one. */
export function isBelow(place: string, roots: readonly string[]): boolean {
  return roots.some((root) => place === root || place.startsWith(root + path.sep));
}

function absent(error: NodeJS.ErrnoException): null {
  if (["ENOENT", "ENOTDIR", "ENAMETOOLONG", "EACCES", "ELOOP"].includes(error.code ?? "")) return null;
  throw error;
}

function wrongHeader(format: TableFormat, lacking: readonly string[]): ExpectedFailure {
  const names = lacking.slice(0, 4).join(", ");
  const more = lacking.length > 4 ? ` and ${lacking.length - 4} more` : "";
  return new ExpectedFailure(
    "invalid",
    `This is no ${format.title} table: its header lacks ${names}${more}.`,
  );
}
