/** One row of a dataset's table, as the importer takes it. */
export type FilmRow = {
  /** As the table writes it; unique in the dataset. */
  readonly path: string;
  /** Null: no usable id. The row then gets a patient of its own that groups nothing. */
  readonly patient: string | null;
  readonly study: string;
  /** Place in the patient's time line. */
  readonly sequence: number;
  readonly dayOffset: number | null;
  readonly view: string;
  readonly sex: "F" | "M" | "unknown";
  /** Years. */
  readonly age: number | null;
  /** Packed (server/labels/states.ts), as long as the vocabulary. */
  readonly labels: string;
  /** What has no place of its own, by column, where it holds something. */
  readonly extra: Readonly<Record<string, string>> | null;
};

export type ParsedRow =
  | { readonly ok: true; readonly row: FilmRow }
  | { readonly ok: false; readonly path: string | null; readonly reason: string };

export type RowReader = (cells: readonly string[]) => ParsedRow;

/** Files that tell about themselves what a table tells elsewhere. */
type FileFormat = {
  readonly kind: "files";
  readonly name: "dicom";
  readonly title: string;
  readonly defaultDataset: string;
};

export type DatasetFormat = TableFormat | FileFormat;

/** How one dataset writes its table. */
export type TableFormat = {
  readonly kind: "table";
  readonly name: "chexpert" | "covid-chestxray";
  readonly title: string;
  readonly defaultDataset: string;
  /** File name of the table in the dataset's folder. */
  readonly table: string;
  /** Columns without which this is another table. */
  readonly requiredColumns: readonly string[];
  /**
   * Binds to a table's header, which has the required columns.
   * @param positions finding name → place in packed labels
   */
  rowReader(columns: readonly string[], positions: ReadonlyMap<string, number>): RowReader;
  /** Where the file of a path may lie below the dataset's folder, likeliest first. */
  filesOf(path: string): readonly string[];
  /** Where the film's lung mask may lie, for a dataset that brings any. */
  lungMaskOf?(path: string): string;
};

export function rejected(path: string | null, reason: string): ParsedRow {
  return { ok: false, path, reason };
}

/** Whole years from 0 to 130, null when blank, undefined when it is neither. */
export function parseAge(cell: string): number | null | undefined {
  if (cell === "") return null;
  const age = Number(cell);
  return Number.isFinite(age) && age >= 0 && age <= 130 ? Math.floor(age) : undefined;
}

/** An id that names somebody; null for an empty one and for the words that stand for one. */
export function patientId(cell: string): string | null {
  const id = cell.trim();
  return /^(|[-?.]|n\/?a|nan|none|null|unknown|anonymous)$/i.test(id) ? null : id;
}

/** Reads the cells of columns that have no place of their own. */
export function extraReader(
  columns: readonly string[],
  placed: ReadonlySet<string>,
): (cells: readonly string[], also?: Readonly<Record<string, string>>) => FilmRow["extra"] {
  const others = columns.flatMap((column, index) =>
    placed.has(column) ? [] : [{ index, name: column || `column ${index + 1}` }],
  );
  return (cells, also) => {
    const filled = others.filter(({ index }) => cells[index]);
    if (filled.length === 0 && !also) return null;
    return { ...Object.fromEntries(filled.map(({ index, name }) => [name, cells[index] ?? ""])), ...also };
  };
}
