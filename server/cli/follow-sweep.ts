import type { Actor } from "@/server/auth/actor";
import { valueOf as valueIn } from "@/server/auth/command";
import { isOver } from "@/server/training/schema";
import { conductSweep } from "@/server/training/sweeps/conduct";
import { showSweep } from "@/server/training/sweeps/queries";
import type { SweepDetail } from "@/server/training/sweeps/sweep-views";
import { followWork } from "./follow-work";

/**
 * Waits until a sweep is over and says its trials as they come. With no worker alive, this process works on it
 * itself; Ctrl-C gives back what it holds.
 */
export function followSweep(actor: Actor, sweep: number, say: (line: string) => void): Promise<SweepDetail> {
  const told = new Set<number>();
  return followWork({
    async look() {
      const state = valueIn(await showSweep(actor, { sweep }));
      tell(state, told, say);
      return { state, over: isOver(state.status) };
    },
    conduct: (signal) => conductSweep(sweep, { signal }),
    everyMs: 1_000,
  });
}

function tell({ trials, progress }: SweepDetail, told: Set<number>, say: (line: string) => void): void {
  if (progress && process.stderr.isTTY) say(`Extracting features ${progress.done}/${progress.total}`);
  const news = trials.filter(
    ({ trial, status }) => (status === "done" || status === "failed") && !told.has(trial),
  );
  for (const { trial, parameters, valAccuracy, error } of news) {
    told.add(trial);
    const { optimizer, learningRate, batchSize, epochs, dropout } = parameters;
    const options = `${optimizer} ${learningRate}, batch ${batchSize}, ${epochs} epochs, dropout ${dropout}`;
    say(
      `${told.size}/${trials.length} trial ${trial} (${options}): ${error ?? `validation accuracy ${valAccuracy?.toFixed(4)}`}`,
    );
  }
}
