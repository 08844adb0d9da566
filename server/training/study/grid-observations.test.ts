import { expect, it } from "vitest";
import { observationsOf } from "./grid-observations";

const grid = [1e-3, 5e-4, 1e-4].flatMap((learningRate) =>
  [16, 32, 64].flatMap((batchSize) =>
    [25, 50].flatMap((epochs) =>
      [0, 0.5].flatMap((dropout) =>
        (["adam", "sgd"] as const).map((optimizer) => ({
          learningRate,
          batchSize,
          epochs,
          dropout,
          optimizer,
        })),
      ),
    ),
  ),
);
const trials = grid.map((parameters, at) => ({
  parameters,
  valAccuracy: ((31 * at * at + 7 * at) % 101) / 202 + (parameters.optimizer === "adam" ? 0.2 : 0),
}));

// Expected numbers: pandas by reference/grid_observations.py.
it("holds a grid against what the study observed, whatever the order of its trials", () => {
  const close = (value: number) => expect.closeTo(value, 12);
  expect(observationsOf(trials.toReversed())).toEqual({
    adamBeatsSgd: { pairs: 29, of: 36 },
    lowestRateBest: { groups: 8, of: 24 },
    dropoutMoves: { all: close(0.14260176017601758), adam: close(0.11468646864686469) },
    batchMoves: { all: close(0.2339108910891089), adam: close(0.2062706270627063) },
  });
});
