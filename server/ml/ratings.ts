/** What raters said of units: each one of `categories`, or nothing. */
export type Ratings = {
  readonly categories: number;
  readonly raters: number;
  /** Categories from 0; {@link noRating} where a rater said nothing of a unit. */
  readonly values: Int8Array; // [units, raters]
};

export const noRating = -1;

/**
 * Units by how many raters said what of them. Few such patterns occur, however many units there are, so that a
 * bootstrap's draws count units once and compute on patterns alone.
 */
export type Tally = {
  readonly categories: number;
  /** How many raters said each category. */
  readonly counts: Int32Array; // [patterns, categories]
  /** How many raters said anything. */
  readonly raters: Int32Array; // [patterns]
  readonly patternOf: Int32Array; // [units]
};

/** Counts what was said of each unit, whoever said it. */
export function tallyOf({ categories, raters, values }: Ratings): Tally {
  const patterns = new Map<string, number>();
  const counts: number[] = [];
  const own = new Int32Array(categories);
  const patternOf = Int32Array.from({ length: raters === 0 ? 0 : values.length / raters }, (_, unit) => {
    own.fill(0);
    for (const value of values.subarray(unit * raters, (unit + 1) * raters)) {
      if (value !== noRating) own[value] = (own[value] ?? 0) + 1;
    }
    const key = own.join();
    const known = patterns.get(key);
    if (known !== undefined) return known;
    counts.push(...own);
    patterns.set(key, patterns.size);
    return patterns.size - 1;
  });
  const said = (pattern: number) =>
    counts.slice(pattern * categories, (pattern + 1) * categories).reduce((sum, count) => sum + count, 0);
  return {
    categories,
    counts: Int32Array.from(counts),
    raters: Int32Array.from({ length: patterns.size }, (_, pattern) => said(pattern)),
    patternOf,
  };
}

/** How many units have each pattern [patterns]; each unit counts once, or by its weight. */
export function unitsPerPattern({ raters, patternOf }: Tally, weights?: Float64Array): Float64Array {
  const units = new Float64Array(raters.length);
  for (let unit = 0; unit < patternOf.length; unit++) {
    const pattern = patternOf[unit] ?? 0;
    units[pattern] = (units[pattern] ?? 0) + (weights ? (weights[unit] ?? 0) : 1);
  }
  return units;
}

/** Visits each pattern that occurs and that two raters at least have a part in: only those can agree. */
export function eachPairable(
  { categories, counts, raters }: Tally,
  units: Float64Array,
  visit: (units: number, raters: number, said: Int32Array) => void,
): void {
  for (let pattern = 0; pattern < raters.length; pattern++) {
    const [often = 0, own = 0] = [units[pattern], raters[pattern]];
    if (often === 0 || own < 2) continue;
    visit(often, own, counts.subarray(pattern * categories, (pattern + 1) * categories));
  }
}
