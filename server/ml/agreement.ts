import { confusionMatrix } from "./confusion";
import { cohenKappa, fleissKappa } from "./kappa";
import { krippendorffAlpha } from "./krippendorff";
import { noRating, type Ratings, tallyOf, unitsPerPattern } from "./ratings";
import { pabak, specificAgreement } from "./specific-agreement";

export const agreementNames = [
  "cohen",
  "fleiss",
  "alpha",
  "pabak",
  "positiveAgreement",
  "negativeAgreement",
] as const;
export type AgreementName = (typeof agreementNames)[number];

/** Null where a statistic is not defined. */
export type Agreement = Record<AgreementName, number | null>;

/**
 * How far raters agree who say yes (1) or no (0), as a function of how often each unit counts [units] (once when
 * left out): what does not depend on that is computed once, so that a bootstrap's draws are fast. Cohen's κ where
 * two raters rated, Fleiss' κ where every unit that two rated has as many ratings.
 */
export function agreementOf(ratings: Ratings): (weights?: Float64Array) => Agreement {
  const tally = tallyOf(ratings);
  const pair = cellsOfPair(ratings);
  return (weights) => {
    const units = unitsPerPattern(tally, weights);
    return {
      cohen: pair ? cohenKappa(pair(weights)) : null,
      fleiss: fleissKappa(tally, units),
      alpha: krippendorffAlpha(tally, units),
      pabak: pabak(tally, units),
      positiveAgreement: specificAgreement(tally, units, 1),
      negativeAgreement: specificAgreement(tally, units, 0),
    };
  };
}

/** Raters who have rated a unit that somebody else has rated too. */
export function comparedRaters({ raters, values }: Ratings): number[] {
  const compared = new Set<number>();
  for (let unit = 0; unit * raters < values.length; unit++) {
    const said = [...values.subarray(unit * raters, (unit + 1) * raters).entries()].filter(
      ([, value]) => value !== noRating,
    );
    if (said.length > 1) for (const [rater] of said) compared.add(rater);
  }
  return [...compared].sort((a, b) => a - b);
}

/** What the one says by what the other says, where exactly two raters can be compared. */
function cellsOfPair(ratings: Ratings) {
  const { raters, values, categories } = ratings;
  const [first, second, third] = comparedRaters(ratings);
  if (first === undefined || second === undefined || third !== undefined) return null;
  const units = values.length / raters;
  const of = (rater: number) =>
    Int32Array.from({ length: units }, (_, unit) => values[unit * raters + rater] ?? -1);
  const [one, other] = [of(first), of(second)];
  const both = Int32Array.from(one.keys()).filter(
    (unit) => one[unit] !== noRating && other[unit] !== noRating,
  );
  const pick = (from: Int32Array) => both.map((unit) => from[unit] ?? 0);
  const [rows, columns] = [pick(one), pick(other)];
  return (weights?: Float64Array) =>
    confusionMatrix(
      rows,
      columns,
      categories,
      weights && Float64Array.from(both, (unit) => weights[unit] ?? 0),
    );
}
