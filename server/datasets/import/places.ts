import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { ExpectedFailure } from "@/server/lib/errors";
import type { DatasetFormat } from "../formats/format";

export type ImportPlaces = {
  /** The table: csv or csv.gz. */
  readonly table: string;
  /** Where film files are looked for; null when a table was given alone. */
  readonly folders: readonly string[] | null;
};

/**
 * Finds table and films of what the user named.
 * @throws ExpectedFailure when there is nothing of the kind, in words that say what was looked for
 */
export function findPlaces(format: DatasetFormat, source: string, otherTable?: string): ImportPlaces {
  const place = path.resolve(source);
  if (!existsSync(place)) throw new ExpectedFailure("not-found", `There is no ${source}.`);
  if (statSync(place).isFile()) {
    if (!/\.csv(\.gz)?$/i.test(place)) {
      throw new ExpectedFailure(
        "invalid",
        `${path.basename(place)} is neither a folder nor a .csv or .csv.gz table.`,
      );
    }
    return { table: place, folders: null };
  }
  const table = otherTable ? path.resolve(otherTable) : tableIn(format, place);
  if (!table || !existsSync(table)) {
    throw new ExpectedFailure(
      "invalid",
      `${source} has no ${otherTable ?? format.table}: is it the dataset's folder?`,
    );
  }
  // Rows name files below the folder that was given (a format also tries a path without its first steps), or
  // below the one in it that has the table; never beside it.
  const own = path.dirname(table);
  return { table, folders: own.startsWith(place + path.sep) ? [place, own] : [place] };
}

/** In the folder itself, or in the one folder below it that has it (people unpack one level higher). */
function tableIn(format: DatasetFormat, folder: string): string | undefined {
  const below = ["CheXpert-v1.0-small", "CheXpert-v1.0", "covid-chestxray-dataset"];
  const candidates = ["", ...below].flatMap((name) => [
    path.join(folder, name, format.table),
    path.join(folder, name, `${format.table}.gz`),
  ]);
  return candidates.find((candidate) => existsSync(candidate));
}
