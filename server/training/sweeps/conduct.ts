import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { messageOf } from "@/server/lib/errors";
import { log } from "@/server/lib/log";
import { ChildDied, TaskFailed } from "../child-process";
import { gatherCrew } from "../crew";
import { gatherFeatures } from "./gather-features";
import { gatherHands } from "./hands";
import { failSweep } from "./keep";
import { beginSweep, releaseHold, renewHold, type SweepHold, type TakenSweep } from "./lease";
import { workTrials } from "./work-trials";

/** The sweep ended while this worker was at it: cancelled, or failed by another. */
class SweepEnded extends Error {
  override name = "SweepEnded";
}

type Surroundings = {
  /** Stops the work; what is held is given back for another worker. */
  readonly signal: AbortSignal;
  readonly gather?: typeof gatherCrew;
  readonly hands?: typeof gatherHands;
};

const beatMs = 1_000;
/** Tries that come to no trial, by a process that dies or features that are damaged, before it is given up. */
const mostTries = 5;

/**
 * Works on a sweep until it is over, beside whatever other workers do the same: features once, by one of them,
 * then trial after trial. Resolves when there is nothing left to do.
 * @throws when the worker was told to stop, or lost its database
 */
export async function conductSweep(sweepId: number, surroundings: Surroundings): Promise<void> {
  const sweep = await beginSweep(sweepId);
  if (!sweep) return;
  const hold = { sweepId, token: randomUUID() };
  const pulse = startPulse(hold, surroundings.signal);
  const work = new AbortController();
  try {
    const done = workOn(sweep, hold, surroundings, work.signal);
    // When the race is decided otherwise, the work still ends, by its children's death.
    done.catch(() => {});
    await Promise.race([done, pulse.ended]);
  } catch (error) {
    if (error instanceof SweepEnded) return;
    if (error instanceof TaskFailed || error instanceof ChildDied)
      return await failSweep(hold, error.message);
    // Before what is held is given back, so that nothing more is taken.
    work.abort();
    await releaseHold(hold).catch((cause: unknown) =>
      log("training").warn({ err: cause, sweep: sweepId }, "the lease runs out by itself"),
    );
    throw new Error(`Sweep ${sweepId} was given back: ${messageOf(error)}`, { cause: error });
  } finally {
    pulse.stop();
    work.abort();
  }
}

async function workOn(
  sweep: TakenSweep,
  hold: SweepHold,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      if ((await tryOnce(sweep, hold, surroundings, signal)) === "over") return;
      if (tries < mostTries) continue;
    } catch (error) {
      // A process died while it extracted or loaded features; one that dies in a trial costs only that.
      if (!(error instanceof ChildDied) || signal.aborted || tries >= mostTries) throw error;
      log("training").warn({ err: error, sweep: sweep.id }, "a sweep is taken up again");
      continue;
    }
    throw new TaskFailed("Stored features are damaged again and again: check the disk of the object store.");
  }
}

async function tryOnce(
  sweep: TakenSweep,
  hold: SweepHold,
  { gather = gatherCrew, hands: open = gatherHands }: Surroundings,
  signal: AbortSignal,
): Promise<"over" | "again"> {
  const crew = gather();
  const dismiss = () => void crew.dismiss();
  signal.addEventListener("abort", dismiss, { once: true });
  const gathered = await gatherFeatures(sweep, hold, crew, signal).finally(() => crew.dismiss());
  signal.removeEventListener("abort", dismiss);
  signal.throwIfAborted();
  const hands = open();
  signal.addEventListener("abort", () => void hands.dismiss(), { once: true });
  return workTrials(sweep, hold, gathered, hands, signal).finally(() => hands.dismiss());
}

/** Keeps what is held alive and rejects when the sweep is over or the worker is told to stop. */
function startPulse(hold: SweepHold, signal: AbortSignal): { ended: Promise<never>; stop(): void } {
  const stopped = new AbortController();
  const beat = async (): Promise<never> => {
    for (;;) {
      await wait(beatMs, undefined, { signal: AbortSignal.any([signal, stopped.signal]) });
      try {
        if (!(await renewHold(hold))) throw new SweepEnded();
      } catch (error) {
        if (error instanceof SweepEnded) throw error;
        log("training").warn({ err: error, sweep: hold.sweepId }, "the lease could not be renewed");
      }
    }
  };
  const ended = beat();
  ended.catch(() => {});
  return { ended, stop: () => stopped.abort() };
}
