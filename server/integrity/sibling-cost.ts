import { patientIntervals } from "@/server/ml/bootstrap";
import { type Ranking, rank, rocAuc } from "@/server/ml/curves";
import { largestAt } from "@/server/ml/largest";
import { estimateOf } from "./check-properties";
import type { ArmFilms, Arms } from "./sibling-arms";
import { type SiblingFigure, type SiblingsResult, type TestSet, testSets } from "./sibling-schema";

const sides = ["withSiblings", "withoutSiblings"] as const;
type Side = (typeof sides)[number];

/** A split with what its two heads said of its test images: [test images, classes] each. */
export type ScoredArms = Pick<Arms, "test" | "leaked"> & {
  readonly probabilities: Record<Side, Float32Array>;
};

/**
 * What the leak costs, by the honest one of the three ways (integrity.md): the same test images scored by heads
 * trained with and without their siblings, over many splits. Rates pool all splits, an AUC is the mean over them;
 * the intervals draw patients, the same ones for both heads. The heads are not trained anew in a draw.
 */
export function siblingCost(
  scored: readonly ScoredArms[],
  films: ArmFilms,
  { seed, draws }: { readonly seed: number; readonly draws?: number },
): SiblingsResult["sets"] {
  const sets = testSets.map((on) => ({ on, measures: measuresOf(scored, films, on) }));
  const statistics = (weights: Float64Array): Record<string, number | null> => {
    const values = sets.flatMap(({ on, measures }) =>
      measures.flatMap(({ metric, of }) => {
        const [withOnes, without] = [of.withSiblings(weights), of.withoutSiblings(weights)];
        const difference = withOnes === null || without === null ? null : withOnes - without;
        const named: [string, number | null][] = [
          [`${on} ${metric} withSiblings`, withOnes],
          [`${on} ${metric} withoutSiblings`, without],
          [`${on} ${metric} difference`, difference],
        ];
        return named;
      }),
    );
    return Object.fromEntries(values);
  };
  const values = statistics(new Float64Array(films.labels.length).fill(1));
  const intervals = patientIntervals({ groups: films.groups, seed, draws, statistics });
  const figure = (on: TestSet, metric: SiblingFigure["metric"]): SiblingFigure => {
    const of = (what: Side | "difference") => {
      const name = `${on} ${metric} ${what}`;
      return estimateOf({ low: null, high: null, ...intervals[name], value: values[name] ?? null });
    };
    const difference = of("difference");
    const { low, high } = difference;
    const beyondNoise = low === null || high === null ? null : low > 0 || high < 0;
    return {
      metric,
      withSiblings: of("withSiblings"),
      withoutSiblings: of("withoutSiblings"),
      difference,
      beyondNoise,
    };
  };
  return sets.map(({ on, measures }) => {
    const images = new Set(scored.flatMap((one) => rowsOn(one, on).map(({ row }) => row)));
    return {
      on,
      images: images.size,
      patients: new Set([...images].map((row) => films.groups[row])).size,
      figures: measures.map(({ metric }) => figure(on, metric)),
    };
  });
}

type Measure = {
  readonly metric: SiblingFigure["metric"];
  readonly of: Record<Side, (weights: Float64Array) => number | null>;
};

/** Sensitivity, specificity and AUC of the first class of two; accuracy alone with more. */
function measuresOf(scored: readonly ScoredArms[], films: ArmFilms, on: TestSet): Measure[] {
  const both = (of: (side: Side) => (weights: Float64Array) => number | null) => ({
    withSiblings: of("withSiblings"),
    withoutSiblings: of("withoutSiblings"),
  });
  const rate = (metric: SiblingFigure["metric"], counts: (label: number) => boolean): Measure => ({
    metric,
    of: both((side) => rightOf(scored, films, { on, side, counts })),
  });
  if (films.classes !== 2) return [rate("accuracy", () => true)];
  return [
    rate("sensitivity", (label) => label === 0),
    rate("specificity", (label) => label !== 0),
    { metric: "auc", of: both((side) => meanAuc(scored, films, { on, side })) },
  ];
}

type Place = { readonly row: number; readonly at: number };

function rowsOn({ test, leaked }: Pick<Arms, "test" | "leaked">, on: TestSet): Place[] {
  const places = test.map((row, at) => ({ row, at }));
  return on === "all" ? places : places.filter(({ at }) => (leaked[at] === 1) === (on === "leaked"));
}

/** Share of the images that are rightly classified, over all splits together. */
function rightOf(
  scored: readonly ScoredArms[],
  { labels, classes }: ArmFilms,
  { on, side, counts }: { readonly on: TestSet; readonly side: Side; counts(label: number): boolean },
) {
  const tested = new Float64Array(labels.length);
  const right = new Float64Array(labels.length);
  for (const one of scored) {
    for (const { row, at } of rowsOn(one, on)) {
      const label = labels[row] ?? 0;
      if (!counts(label)) continue;
      const own = one.probabilities[side].subarray(at * classes, (at + 1) * classes);
      tested[row] = (tested[row] ?? 0) + 1;
      right[row] = (right[row] ?? 0) + Number(largestAt(own) === label);
    }
  }
  return (weights: Float64Array): number | null => {
    let [all, hits] = [0, 0];
    for (let row = 0; row < weights.length; row++) {
      all += (weights[row] ?? 0) * (tested[row] ?? 0);
      hits += (weights[row] ?? 0) * (right[row] ?? 0);
    }
    return all > 0 ? hits / all : null;
  };
}

/** Mean AUC over the splits that have an image of either class. */
function meanAuc(
  scored: readonly ScoredArms[],
  { labels, classes }: ArmFilms,
  { on, side }: { readonly on: TestSet; readonly side: Side },
) {
  const ranked = scored.map((one): { readonly rows: readonly number[]; readonly ranking: Ranking } => {
    const places = rowsOn(one, on);
    const positive = Uint8Array.from(places, ({ row }) => Number(labels[row] === 0));
    const scores = Float32Array.from(places, ({ at }) => one.probabilities[side][at * classes] ?? 0);
    return { rows: places.map(({ row }) => row), ranking: rank(positive, scores) };
  });
  return (weights: Float64Array): number | null => {
    let [sum, splits] = [0, 0];
    for (const { rows, ranking } of ranked) {
      const auc = rocAuc(
        ranking,
        Float64Array.from(rows, (row) => weights[row] ?? 0),
      );
      if (auc === null) continue;
      sum += auc;
      splits += 1;
    }
    return splits > 0 ? sum / splits : null;
  };
}
