import { setTimeout as wait } from "node:timers/promises";
import type { Actor } from "@/server/auth/actor";
import { valueOf as valueIn } from "@/server/auth/command";
import { conductRun } from "@/server/training/conduct";
import { runNews } from "@/server/training/queries";
import { isOver, type RunProgress } from "@/server/training/schema";
import { followWork } from "./follow-work";

/**
 * Waits until a run is over and says its epochs and log as they come. With no worker alive, this process does
 * the run itself, by the worker's own handler; Ctrl-C gives it back.
 */
export async function followRun(actor: Actor, run: number, say: (line: string) => void): Promise<void> {
  let [afterEpoch, afterLine, shown] = [0, 0, ""];
  await followWork({
    async look(interrupted) {
      if (interrupted.aborted) return { state: null, over: true };
      const { state, epochs, log } = valueIn(await runNews(actor, { run, afterEpoch, afterLine }));
      for (const { line } of log) say(line);
      for (const { epoch, loss, accuracy, valLoss, valAccuracy } of epochs) {
        say(
          `Epoch ${epoch}: loss ${short(loss)} (${short(valLoss)}), accuracy ${short(accuracy)} (${short(valAccuracy)})`,
        );
      }
      afterEpoch = epochs.at(-1)?.epoch ?? afterEpoch;
      afterLine = log.at(-1)?.id ?? afterLine;
      const over = isOver(state.status);
      const progress = inWords(state.progress);
      if (!over && progress !== shown && process.stderr.isTTY) say(progress);
      shown = progress;
      return { state: null, over };
    },
    async conduct(signal, interrupt) {
      const end = await conductRun(run, { signal });
      // Somebody else is on it after all: ask again later. What needs a GPU waits for another machine.
      if (end === "waiting") interrupt();
      if (end === "held") await wait(5_000);
    },
    everyMs: 500,
  });
}

function short(value: number | null): string {
  return value === null ? "–" : value.toFixed(4);
}

function inWords(progress: RunProgress | null): string {
  if (!progress) return "";
  const left = progress.secondsLeft === undefined ? "" : `, about ${progress.secondsLeft} s left`;
  return `${progress.phase}: ${progress.done} of ${progress.total}${left}`;
}
