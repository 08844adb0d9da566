import { log } from "@/server/lib/log";
import { type Lease, LeaseLost, renewLease } from "./lease";
import type { RunPhase, RunProgress } from "./schema";

/** Somebody asked for the end of the run. */
export class Cancelled extends Error {
  override name = "Cancelled";
}

export type Pulse = {
  /** Rejects with Cancelled or LeaseLost when the run has to end; never resolves. */
  readonly ended: Promise<never>;
  /** Notes how far the run is; written with the next beat. */
  progress(phase: RunPhase, done: number, total: number, shards?: RunProgress["shards"]): void;
  /** What the run is at. */
  phase(): RunPhase | null;
  stop(): void;
};

const beatMs = 1_000;

/**
 * Keeps the lease alive, writes progress and listens for a cancel, once a second. A database that is away for
 * a while ends nothing: whether the lease still holds is seen when it is back.
 */
export function startPulse(lease: Lease): Pulse {
  let latest: RunProgress | null = null;
  let phase: { readonly name: RunPhase; readonly began: number; readonly from: number } | undefined;
  let reject: (reason: Error) => void = () => {};
  const ended = new Promise<never>((_, refuse) => {
    reject = refuse;
  });
  // Whoever races against it handles it; left alone it must not end the process.
  ended.catch(() => {});
  let beating = false;
  const beat = async () => {
    if (beating) return;
    beating = true;
    try {
      const state = await renewLease(lease, latest);
      if (state === "cancel") reject(new Cancelled());
      if (state === "lost") reject(new LeaseLost(lease));
    } catch (error) {
      log("training").warn({ err: error, run: lease.runId }, "the lease could not be renewed");
    } finally {
      beating = false;
    }
  };
  const timer = setInterval(beat, beatMs);
  return {
    ended,
    progress(name, done, total, shards) {
      if (phase?.name !== name) phase = { name, began: Date.now(), from: done };
      const secondsLeft = timeLeft(done - phase.from, total - done, (Date.now() - phase.began) / 1000);
      latest = {
        phase: name,
        done,
        total,
        ...(secondsLeft === null ? {} : { secondsLeft }),
        ...(shards ? { shards } : {}),
      };
    },
    phase: () => phase?.name ?? null,
    stop: () => clearInterval(timer),
  };
}

function timeLeft(done: number, left: number, seconds: number): number | null {
  return done > 0 && seconds > 1 ? Math.round((seconds / done) * left) : null;
}
