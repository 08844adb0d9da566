import type { LabelState } from "@/server/labels/states";

/** One row of a dataset's table, as the importer takes it. */
export type FilmRow = {
  /** As the table writes it; unique in the dataset. */
  readonly path: string;
  /** Where the file may lie, relative to the dataset's folder, likeliest first. */
  readonly files: readonly string[];
  readonly patient: string;
  /** No usable id: the row gets a patient of its own that groups nothing. */
  readonly placeholder: boolean;
  readonly study: string;
  /** Place in the patient's time line. */
  readonly sequence: number;
  readonly dayOffset: number | null;
  readonly view: string;
  readonly sex: "F" | "M" | "unknown";
  /** Years. */
  readonly age: number | null;
  /** States by finding name; what is not named is not mentioned. */
  readonly labels: ReadonlyMap<string, LabelState>;
  /** Columns that have no place of their own, where they hold something. */
  readonly extra: Readonly<Record<string, string>> | null;
};

export type ParsedRow =
  | { readonly ok: true; readonly row: FilmRow }
  | { readonly ok: false; readonly reason: string };

/** How one dataset writes its table. */
export type DatasetFormat = {
  readonly name: "chexpert" | "covid-chestxray";
  readonly title: string;
  readonly defaultDataset: string;
  /** File name of the table in the dataset's folder. */
  readonly table: string;
  /** Columns without which this is another table. */
  readonly requiredColumns: readonly string[];
  /** @param cells the row's cells by column name; `line` only names a patient without an id */
  parse(cells: ReadonlyMap<string, string>, line: number): ParsedRow;
};

export function rejected(reason: string): ParsedRow {
  return { ok: false, reason };
}

/** A whole number of years from 0 to 130, null when blank, undefined when it is neither. */
export function parseAge(cell: string): number | null | undefined {
  if (cell === "") return null;
  const age = Number(cell);
  if (!Number.isFinite(age) || age < 0 || age > 130) return undefined;
  return Math.round(age);
}
