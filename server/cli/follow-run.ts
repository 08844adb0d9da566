import { setTimeout as wait } from "node:timers/promises";
import type { Actor } from "@/server/auth/actor";
import { valueOf as valueIn } from "@/server/auth/command";
import { conductRun } from "@/server/training/conduct";
import { runNews } from "@/server/training/queries";
import { isOver, type RunProgress } from "@/server/training/schema";
import { workerAlive } from "@/server/training/worker-alive";

/**
 * Waits until a run is over and says its epochs and log as they come. With no worker alive, this process does
 * the run itself, by the worker's own handler; Ctrl-C gives it back.
 */
export async function followRun(actor: Actor, run: number, say: (line: string) => void): Promise<void> {
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  let conducting: Promise<unknown> | undefined;
  let failure: unknown;
  let [afterEpoch, afterLine, shown] = [0, 0, ""];
  try {
    while (!interrupted.signal.aborted) {
      const { state, epochs, log } = valueIn(await runNews(actor, { run, afterEpoch, afterLine }));
      for (const { line } of log) say(line);
      for (const { epoch, loss, accuracy, valLoss, valAccuracy } of epochs) {
        say(
          `Epoch ${epoch}: loss ${short(loss)} (${short(valLoss)}), accuracy ${short(accuracy)} (${short(valAccuracy)})`,
        );
      }
      afterEpoch = epochs.at(-1)?.epoch ?? afterEpoch;
      afterLine = log.at(-1)?.id ?? afterLine;
      if (isOver(state.status)) return;
      if (failure !== undefined) throw failure;
      const progress = inWords(state.progress);
      if (progress !== shown && process.stderr.isTTY) say(progress);
      shown = progress;
      if (conducting === undefined && !(await workerAlive())) {
        conducting = conductRun(run, { signal: interrupted.signal })
          // Somebody else is on it after all: ask again later. What needs a GPU waits for another machine.
          .then((end) => {
            if (end === "waiting") interrupt();
            return end === "held" ? wait(5_000) : undefined;
          })
          .catch((error: unknown) => {
            failure = error;
          })
          .finally(() => {
            conducting = undefined;
          });
      }
      await Promise.race([wait(500), ...(conducting ? [conducting] : [])]);
    }
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    await conducting;
  }
}

function short(value: number | null): string {
  return value === null ? "–" : value.toFixed(4);
}

function inWords(progress: RunProgress | null): string {
  if (!progress) return "";
  const left = progress.secondsLeft === undefined ? "" : `, about ${progress.secondsLeft} s left`;
  return `${progress.phase}: ${progress.done} of ${progress.total}${left}`;
}
