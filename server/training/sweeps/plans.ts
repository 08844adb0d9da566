import { seededRandom } from "@/server/ml/random";
import type { SweepPlan, TrialParameters } from "./schema";

export type PlannedTrial = { readonly round: number; readonly parameters: TrialParameters };

/** Of halving, one in `eta` trials goes on to the next round, with `eta` times the epochs. */
const eta = 3;
const fullEpochs = 50;

/**
 * The trials that a sweep starts with. Of successive halving these are the first round's; `nextRound` makes the
 * others once their figures are there.
 * @param trials of the published grid always 72
 */
export function firstTrials(plan: SweepPlan, trials: number, seed: number): PlannedTrial[] {
  if (plan === "published") return publishedGrid().map((parameters) => ({ round: 0, parameters }));
  const drawn = drawParameters(trials, seed);
  if (plan === "random") return drawn.map((parameters) => ({ round: 0, parameters }));
  const epochs = epochsOfRound(0, trials);
  return drawn.map((parameters) => ({ round: 0, parameters: { ...parameters, epochs } }));
}

/** How many epochs all trials of a sweep will come to: what its time is estimated from. */
export function epochsOfPlan(plan: SweepPlan, trials: number, seed: number): number {
  const first = firstTrials(plan, trials, seed);
  const sum = first.reduce((total, { parameters }) => total + parameters.epochs, 0);
  if (plan !== "halving") return sum;
  let total = sum;
  for (let round = 1, left = survivors(trials); left > 0; round++, left = survivors(left)) {
    total += left * epochsOfRound(round, trials);
  }
  return total;
}

/**
 * The next round of successive halving (Jamieson and Talwalkar 2016): the best third goes on, trained anew for
 * three times the epochs, since the decay of the rate depends on them. Empty when the round was the last.
 * @param ranked parameters of the round that ended, the best first
 * @param trials of the first round
 */
export function nextRound(
  ranked: readonly TrialParameters[],
  round: number,
  trials: number,
): readonly PlannedTrial[] {
  const epochs = epochsOfRound(round + 1, trials);
  return ranked
    .slice(0, survivors(ranked.length))
    .map((parameters) => ({ round: round + 1, parameters: { ...parameters, epochs } }));
}

function survivors(count: number): number {
  return Math.floor(count / eta);
}

/** The last round has the full epochs, each one before a third of them. */
function epochsOfRound(round: number, trials: number): number {
  let last = 0;
  for (let left = survivors(trials); left > 0; left = survivors(left)) last++;
  return Math.max(1, Math.round(fullEpochs / eta ** (last - round)));
}

/** The published study's grid, in the order of its own listing of options. */
function publishedGrid(): TrialParameters[] {
  return [1e-3, 5e-4, 1e-4].flatMap((learningRate) =>
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
}

/** Options drawn one by one: the rate by its logarithm, from 1e-5 to 1e-2, the others from what is usual. */
function drawParameters(trials: number, seed: number): TrialParameters[] {
  const random = seededRandom(seed);
  const from = <Value>(values: readonly [Value, ...Value[]]): Value =>
    values[random.int(values.length)] ?? values[0];
  return Array.from({ length: trials }, () => ({
    learningRate: Number((10 ** (-5 + 3 * random.uniform())).toPrecision(2)),
    batchSize: from([8, 16, 32, 64, 128]),
    epochs: from([25, 50]),
    dropout: from([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]),
    optimizer: from(["adam", "sgd"]),
  }));
}
