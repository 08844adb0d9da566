import { eachPairable, type Tally } from "./ratings";

/** Share of the pairs of ratings of a unit that are the same; null where no unit has two. */
export function observedAgreement(tally: Tally, units: Float64Array): number | null {
  let [pairs, same] = [0, 0];
  eachPairable(tally, units, (often, raters, said) => {
    pairs += often * raters * (raters - 1);
    same += often * said.reduce((sum, count) => sum + count * (count - 1), 0);
  });
  return pairs > 0 ? same / pairs : null;
}

/**
 * κ adjusted for prevalence and bias: what κ would be if every category were as frequent as the others, (q·p − 1)
 * ÷ (q − 1) of q categories and the observed agreement p (Byrt, Bishop and Carlin 1993, equation 6; for many
 * raters p is the share of agreeing pairs). Null as `observedAgreement`.
 */
export function pabak(tally: Tally, units: Float64Array): number | null {
  const observed = observedAgreement(tally, units);
  return observed === null ? null : (tally.categories * observed - 1) / (tally.categories - 1);
}

/**
 * Specific agreement on one category: of the ratings that say it, the share of others' ratings of the same unit
 * that say it too. For two raters 2a ÷ (2a + b + c) (Cicchetti and Feinstein 1990), for many by pairs (de Vet et
 * al. 2017, "Specific agreement on dichotomous outcomes can be calculated for more than two raters"). Null where
 * nobody says it.
 */
export function specificAgreement(tally: Tally, units: Float64Array, category: number): number | null {
  let [pairs, same] = [0, 0];
  eachPairable(tally, units, (often, raters, said) => {
    const count = said[category] ?? 0;
    pairs += often * count * (raters - 1);
    same += often * count * (count - 1);
  });
  return pairs > 0 ? same / pairs : null;
}
