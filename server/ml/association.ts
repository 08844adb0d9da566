/**
 * How far a property tells the class: Cramér's V with Bergsma's correction (2013, J. Korean Stat. Soc. 42:323),
 * 0 (nothing) to 1 (wholly), which does not grow with the number of levels as the plain V does.
 * @param table images by level of the property (rows) and class (columns); empty rows and columns do not count
 * @returns null where there are fewer than two levels or classes
 */
export function cramersV(table: readonly (readonly number[])[]): number | null {
  const rows = table.map(sum);
  const columns = (table[0] ?? []).map((_, column) => sum(table.map((row) => row[column] ?? 0)));
  const images = sum(rows);
  const [levels, classes] = [rows, columns].map((totals) => totals.filter((total) => total > 0).length);
  if (!levels || !classes || levels < 2 || classes < 2 || images < 2) return null;
  let chiSquared = 0;
  table.forEach((row, level) => {
    row.forEach((count, column) => {
      const expected = ((rows[level] ?? 0) * (columns[column] ?? 0)) / images;
      if (expected > 0) chiSquared += (count - expected) ** 2 / expected;
    });
  });
  const excess = Math.max(0, chiSquared / images - ((levels - 1) * (classes - 1)) / (images - 1));
  const corrected = (count: number) => count - (count - 1) ** 2 / (images - 1);
  const scale = Math.min(corrected(levels), corrected(classes)) - 1;
  return scale > 0 ? Math.min(1, Math.sqrt(excess / scale)) : null;
}

/** What rare levels are counted under. */
export const rareLevel = "rarer ones together";

/** Each image's level, those of fewer than `least` images pooled: χ² is not to be trusted on cells so thin. */
export function poolRare(levels: readonly string[], least = 5): string[] {
  const counts = new Map<string, number>();
  for (const level of levels) counts.set(level, (counts.get(level) ?? 0) + 1);
  return levels.map((level) => ((counts.get(level) ?? 0) < least ? rareLevel : level));
}

/** Images by level and class, levels in the order in which they first occur. */
export function crossTable(
  levels: readonly string[],
  labels: ArrayLike<number>,
  classes: number,
): { readonly levels: readonly string[]; readonly counts: readonly (readonly number[])[] } {
  const table = new Map<string, number[]>();
  levels.forEach((level, image) => {
    const row = table.get(level) ?? new Array<number>(classes).fill(0);
    const label = labels[image] ?? 0;
    row[label] = (row[label] ?? 0) + 1;
    table.set(level, row);
  });
  return { levels: [...table.keys()], counts: [...table.values()] };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
