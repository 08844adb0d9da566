import { describe, expect, it } from "vitest";
import { epochsOfPlan, firstTrials, nextRound } from "./plans";

describe("the published grid", () => {
  it("has each of the 72 combinations once", () => {
    const trials = firstTrials("published", 72, 42).map(({ parameters }) => JSON.stringify(parameters));
    expect(new Set(trials).size).toBe(72);
    expect(epochsOfPlan("published", 72, 42)).toBe(36 * 25 + 36 * 50);
  });
});

describe("random search", () => {
  it("draws the same trials from the same seed, and others from another", () => {
    expect(firstTrials("random", 20, 7)).toEqual(firstTrials("random", 20, 7));
    expect(firstTrials("random", 20, 8)).not.toEqual(firstTrials("random", 20, 7));
  });

  it("draws rates over the decades alike", () => {
    const rates = firstTrials("random", 3000, 1).map(({ parameters }) => parameters.learningRate);
    for (const [from, to] of [
      [1e-5, 1e-4],
      [1e-4, 1e-3],
      [1e-3, 1e-2],
    ] as const) {
      const inside = rates.filter((rate) => rate >= from && rate < to).length;
      expect(Math.abs(inside / 3000 - 1 / 3)).toBeLessThan(0.04);
    }
  });
});

// Hyperband's own example (Li et al. 2018, table 1): 27 → 9 → 3 → 1 with three times the resource each.
describe("successive halving", () => {
  it("lets the best third go on with three times the epochs, to the full 50", () => {
    const first = firstTrials("halving", 27, 42);
    const epochs = [first[0]?.parameters.epochs];
    const counts = [first.length];
    let ranked = first.map(({ parameters }) => parameters);
    for (let round = 0; ; round++) {
      const next = nextRound(ranked, round, 27);
      if (next.length === 0) break;
      expect(next[0]?.parameters).toEqual({ ...ranked[0], epochs: next[0]?.parameters.epochs });
      epochs.push(next[0]?.parameters.epochs);
      counts.push(next.length);
      ranked = next.map(({ parameters }) => parameters);
    }
    expect(counts).toEqual([27, 9, 3, 1]);
    expect(epochs).toEqual([2, 6, 17, 50]);
    expect(epochsOfPlan("halving", 27, 42)).toBe(27 * 2 + 9 * 6 + 3 * 17 + 50);
  });

  it("of two trials is one round at the full epochs", () => {
    expect(firstTrials("halving", 2, 1).map(({ parameters }) => parameters.epochs)).toEqual([50, 50]);
    expect(
      nextRound(
        firstTrials("halving", 2, 1).map((trial) => trial.parameters),
        0,
        2,
      ),
    ).toEqual([]);
  });
});
