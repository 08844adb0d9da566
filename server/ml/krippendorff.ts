import { eachPairable, type Tally } from "./ratings";

/**
 * Krippendorff's α for nominal categories; raters may have left units out. 1 is perfect agreement, 0 what chance
 * would give, below 0 worse. Null where every rating is the same, or no unit has two.
 *
 * Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C.
 * @param units how often each pattern of `tally` counts (`unitsPerPattern`)
 */
export function krippendorffAlpha(tally: Tally, units: Float64Array): number | null {
  const perCategory = new Float64Array(tally.categories);
  let [ratings, disagreeing] = [0, 0];
  eachPairable(tally, units, (often, raters, said) => {
    ratings += often * raters;
    for (let category = 0; category < said.length; category++) {
      const count = said[category] ?? 0;
      perCategory[category] = (perCategory[category] ?? 0) + often * count;
      disagreeing += (often * count * (raters - count)) / (raters - 1);
    }
  });
  const expected = ratings ** 2 - perCategory.reduce((sum, count) => sum + count ** 2, 0);
  return expected > 0 ? 1 - ((ratings - 1) * disagreeing) / expected : null;
}
