import type { Confusion } from "./confusion";
import { eachPairable, type Tally } from "./ratings";

/**
 * Cohen's κ of two raters, unweighted (Cohen 1960, "A coefficient of agreement for nominal scales"). Null where
 * both always say one and the same category, or nothing was rated by both.
 * @param ratings the first rater's category by the second's
 */
export function cohenKappa({ classes, counts }: Confusion): number | null {
  const first = new Float64Array(classes);
  const second = new Float64Array(classes);
  let [all, agreed] = [0, 0];
  counts.forEach((count, cell) => {
    const [row, column] = [Math.floor(cell / classes), cell % classes];
    first[row] = (first[row] ?? 0) + count;
    second[column] = (second[column] ?? 0) + count;
    all += count;
    if (row === column) agreed += count;
  });
  const chance = first.reduce((sum, count, category) => sum + count * (second[category] ?? 0), 0) / all ** 2;
  return beyondChance(agreed / all, chance);
}

/**
 * Fleiss' κ of units that each have the same number of ratings, by any raters (Fleiss 1971, "Measuring nominal
 * scale agreement among many raters"). Null where the numbers differ, every rating is the same, or no unit has
 * two. Units with one rating have nothing to agree with and are left out.
 * @param units how often each pattern of `tally` counts (`unitsPerPattern`)
 */
export function fleissKappa(tally: Tally, units: Float64Array): number | null {
  const perCategory = new Float64Array(tally.categories);
  let [all, agreement, ratings] = [0, 0, 0];
  const numbers = new Set<number>();
  eachPairable(tally, units, (often, raters, said) => {
    numbers.add(raters);
    all += often;
    ratings += often * raters;
    for (let category = 0; category < said.length; category++) {
      const count = said[category] ?? 0;
      perCategory[category] = (perCategory[category] ?? 0) + often * count;
      agreement += (often * count * (count - 1)) / (raters * (raters - 1));
    }
  });
  if (numbers.size !== 1) return null;
  return beyondChance(
    agreement / all,
    perCategory.reduce((sum, count) => sum + (count / ratings) ** 2, 0),
  );
}

function beyondChance(observed: number, chance: number): number | null {
  // Marginals that leave no room differ from 1 by rounding alone.
  return 1 - chance > 1e-12 ? (observed - chance) / (1 - chance) : null;
}
