/**
 * A cohort's images as columns, in the order of dataset name and path: a seed then gives the same split on
 * every installation, whatever ids the images got there.
 */
export type Roster = {
  readonly imageIds: readonly number[];
  /** Index into `classes`. */
  readonly classIndex: Uint8Array;
  /** Index into `sources`. */
  readonly sourceIndex: Uint8Array;
  /** Dense number of the patient; -1 where the id is a placeholder and says nothing. */
  readonly patient: Int32Array;
  /** Dense number of the decoded film, equal for exact duplicates; -1 where it stands nowhere else. */
  readonly film: Int32Array;
  /** Day of the study in the patient's time line; null where it is not known. */
  readonly day: readonly (number | null)[];
  /** Pairs of patients that share a film outside the cohort: one person under two ids. */
  readonly linkedPatients: readonly (readonly [number, number])[];
  readonly classes: readonly string[];
  /** Dataset names. */
  readonly sources: readonly string[];
};

/** One image as the database or a test names it. */
export type RosterRow = {
  readonly imageId: number;
  readonly classIndex: number;
  readonly source: string;
  readonly patientId: number;
  readonly placeholder: boolean;
  readonly film: string | null;
  readonly day: number | null;
};

/**
 * Columns from rows; keeps the rows' order.
 * @param links pairs of patient ids known to be one person from films outside the cohort
 */
export function rosterOf(
  rows: readonly RosterRow[],
  classes: readonly string[],
  links: readonly (readonly [number, number])[] = [],
): Roster {
  const patients = new Numbering<number>();
  const films = new Numbering<string>();
  const sources = new Numbering<string>();
  const roster = {
    imageIds: rows.map((row) => row.imageId),
    classIndex: Uint8Array.from(rows, (row) => row.classIndex),
    sourceIndex: Uint8Array.from(rows, (row) => sources.of(row.source)),
    patient: Int32Array.from(rows, (row) => (row.placeholder ? -1 : patients.of(row.patientId))),
    film: Int32Array.from(rows, (row) => (row.film === null ? -1 : films.of(row.film))),
    day: rows.map((row) => row.day),
  };
  const linkedPatients = links.map(([a, b]) => [patients.of(a), patients.of(b)] as const);
  return { ...roster, linkedPatients, classes, sources: sources.keys() };
}

/** Numbers keys from 0 in the order in which they are first asked for. */
class Numbering<Key> {
  readonly #numbers = new Map<Key, number>();

  of(key: Key): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  keys(): Key[] {
    return [...this.#numbers.keys()];
  }
}
