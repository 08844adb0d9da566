import { setTimeout as wait } from "node:timers/promises";
import { rowsOfPart } from "../child/parts";
import type { HeadResult } from "../child/protocol";
import { ChildDied, TaskFailed } from "../child-process";
import { figuresOf } from "./figures";
import type { GatheredFeatures } from "./gather-features";
import { type Hand, type Hands, loadInto } from "./hands";
import { type FinishedTrial, keepTrial, keepTrialCrash } from "./keep";
import { releaseHold, renewHold, type SweepHold, type TakenSweep, type TakenTrial, takeTrial } from "./lease";

/** Deaths of the process in the middle of one trial before that trial is given up. */
const mostTries = 5;

/**
 * Trains trials until the sweep is over; while others hold the last ones it waits, in case they die or a round of
 * halving follows.
 * @returns "again" when stored features are damaged and have to be extracted anew
 */
export async function workTrials(
  sweep: TakenSweep,
  hold: SweepHold,
  gathered: GatheredFeatures,
  { hands }: Hands,
  signal: AbortSignal,
): Promise<"over" | "again"> {
  const { images, configuration, features } = gathered;
  const load = {
    network: configuration.network,
    pooling: configuration.pooling,
    labels: images.label,
    classes: sweep.classes.length,
    features,
  };
  const damaged = await loadInto(hands, load);
  if (damaged.length > 0) {
    await gathered.forget(damaged);
    return "again";
  }
  const each = async (hand: Hand) => {
    for (;;) {
      signal.throwIfAborted();
      const trial = await takeTrial(hold);
      // Told to stop while it was being taken: it was not there yet when the others were given back.
      if (trial && signal.aborted) await releaseHold(hold);
      signal.throwIfAborted();
      if (trial) await workTrial(trial, sweep, hold, gathered, hand, () => loadInto([hand], load));
      else if (await renewHold(hold)) await wait(500, undefined, { signal });
      else return;
    }
  };
  await Promise.all(hands.map(each));
  return "over";
}

async function workTrial(
  trial: TakenTrial,
  sweep: TakenSweep,
  hold: SweepHold,
  { images, configuration }: GatheredFeatures,
  hand: Hand,
  reload: () => Promise<unknown>,
): Promise<void> {
  const { parameters } = trial;
  const decay = parameters.learningRate / parameters.epochs;
  const parts = {
    train: rowsOfPart(images, 0),
    validation: rowsOfPart(images, 1),
    test: rowsOfPart(images, 2),
  };
  const began = performance.now();
  try {
    const result = await hand.ask({
      do: "head",
      training: { ...configuration.training, ...parameters, decay },
      train: parts.train,
      validation: parts.validation,
    });
    const seconds = (performance.now() - began) / 1000;
    const figures = (rows: readonly number[]) =>
      figuresOf(images.label, result.probabilities, sweep.classes.length, rows);
    const metrics = { validation: figures(parts.validation), test: figures(parts.test) };
    await keepTrial(hold, trial.id, { status: "done", ...courseOf(result), metrics, seconds });
  } catch (error) {
    if (error instanceof TaskFailed) {
      await keepTrial(hold, trial.id, { status: "failed", error: error.message });
    } else if (error instanceof ChildDied) {
      await keepTrialCrash(hold, trial, error.message, mostTries);
      await hand.replace();
      await reload();
    } else throw error;
  }
}

type Course = Pick<Extract<FinishedTrial, { status: "done" }>, "curve" | "valAccuracy" | "valLoss">;

/** The curve, and the figures of the epoch whose weights were kept. */
function courseOf({ history, keptEpoch }: HeadResult): Course {
  const kept = history[keptEpoch - 1];
  return {
    curve: {
      loss: history.map(({ loss }) => loss),
      accuracy: history.map(({ accuracy }) => accuracy),
      valLoss: history.map(({ valLoss }) => valLoss),
      valAccuracy: history.map(({ valAccuracy }) => valAccuracy),
    },
    valAccuracy: kept?.valAccuracy ?? 0,
    valLoss: kept?.valLoss ?? 0,
  };
}
