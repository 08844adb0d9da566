import type { TrialParameters } from "../sweeps/schema";
import type { TrialView } from "../sweeps/sweep-views";

type Trials = readonly Pick<TrialView, "parameters" | "valAccuracy">[];

/** How the published observations hold in a grid, each by trials that differ in one option and nothing else. */
export type GridObservations = {
  /** Pairs in which Adam has the higher validation accuracy. */
  readonly adamBeatsSgd: { readonly pairs: number; readonly of: number };
  /** Groups in which no rate has a higher validation accuracy than the lowest. */
  readonly lowestRateBest: { readonly groups: number; readonly of: number };
  /** Mean of highest less lowest validation accuracy within a group: among all trials, and among Adam's. */
  readonly dropoutMoves: { readonly all: number; readonly adam: number };
  readonly batchMoves: { readonly all: number; readonly adam: number };
};

/** Holds a full grid against what the study observed of its own. */
export function observationsOf(trials: Trials): GridObservations {
  const pairs = groupsBut(trials, "optimizer");
  const rates = groupsBut(trials, "learningRate");
  const lowest = Math.min(...trials.map(({ parameters }) => parameters.learningRate));
  const moves = (option: keyof TrialParameters) => ({
    all: spread(groupsBut(trials, option)),
    adam: spread(
      groupsBut(
        trials.filter(({ parameters }) => parameters.optimizer === "adam"),
        option,
      ),
    ),
  });
  return {
    adamBeatsSgd: {
      pairs: pairs.filter(
        (pair) =>
          best(pair, ({ optimizer }) => optimizer === "adam") >
          best(pair, ({ optimizer }) => optimizer === "sgd"),
      ).length,
      of: pairs.length,
    },
    lowestRateBest: {
      groups: rates.filter(
        (group) =>
          best(group, ({ learningRate }) => learningRate === lowest) >=
          best(group, ({ learningRate }) => learningRate !== lowest),
      ).length,
      of: rates.length,
    },
    dropoutMoves: moves("dropout"),
    batchMoves: moves("batchSize"),
  };
}

/** Trials that are alike in every option but one. */
function groupsBut(trials: Trials, option: keyof TrialParameters): Trials[] {
  return [
    ...Map.groupBy(trials, ({ parameters: { optimizer, learningRate, batchSize, epochs, dropout } }) =>
      JSON.stringify({ optimizer, learningRate, batchSize, epochs, dropout, [option]: null }),
    ).values(),
  ];
}

function best(trials: Trials, counts: (parameters: TrialParameters) => boolean): number {
  return Math.max(
    ...trials.map(({ parameters, valAccuracy }) => (counts(parameters) ? (valAccuracy ?? 0) : 0)),
  );
}

function spread(groups: readonly Trials[]): number {
  const widths = groups.map((group) => {
    const values = group.map(({ valAccuracy }) => valAccuracy ?? 0);
    return Math.max(...values) - Math.min(...values);
  });
  return widths.reduce((sum, width) => sum + width, 0) / widths.length;
}
