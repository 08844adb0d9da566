import { setTimeout as wait } from "node:timers/promises";
import type { Actor } from "@/server/auth/actor";
import { valueOf as valueIn } from "@/server/auth/command";
import { isOver } from "@/server/training/schema";
import { conductSweep } from "@/server/training/sweeps/conduct";
import { showSweep } from "@/server/training/sweeps/queries";
import type { SweepDetail } from "@/server/training/sweeps/sweep-views";
import { workerAlive } from "@/server/training/worker-alive";

/**
 * Waits until a sweep is over and says its trials as they come. With no worker alive, this process works on it
 * itself; Ctrl-C gives back what it holds.
 */
export async function followSweep(
  actor: Actor,
  sweep: number,
  say: (line: string) => void,
): Promise<SweepDetail> {
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const told = new Set<number>();
  let conducting: Promise<unknown> | undefined;
  let failure: unknown;
  try {
    for (;;) {
      const detail = valueIn(await showSweep(actor, { sweep }));
      tell(detail, told, say);
      if (isOver(detail.status) || interrupted.signal.aborted) return detail;
      if (failure !== undefined) throw failure;
      if (conducting === undefined && !(await workerAlive())) {
        conducting = conductSweep(sweep, { signal: interrupted.signal })
          .catch((error: unknown) => {
            failure = error;
          })
          .finally(() => {
            conducting = undefined;
          });
      }
      await Promise.race([wait(1_000), ...(conducting ? [conducting] : [])]);
    }
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    await conducting;
  }
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
