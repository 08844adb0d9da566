import { setTimeout as wait } from "node:timers/promises";
import type { Actor } from "@/server/auth/actor";
import { valueOf as valueIn } from "@/server/auth/command";
import { conductCheck } from "@/server/training/checks/conduct";
import { showCheck } from "@/server/training/checks/queries";
import type { CheckState } from "@/server/training/checks/schema";
import { workerAlive } from "@/server/training/worker-alive";

/**
 * Waits until a check is over and says how far it is. With no worker alive, this process does it itself; Ctrl-C
 * leaves it for another.
 */
export async function followCheck(
  actor: Actor,
  check: number,
  say: (line: string) => void,
): Promise<CheckState> {
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  let conducting: Promise<unknown> | undefined;
  let failure: unknown;
  let phase = "";
  try {
    for (;;) {
      const state = valueIn(await showCheck(actor, { check }));
      if (state.progress && state.progress.phase !== phase) {
        phase = state.progress.phase;
        say(`Check ${check}: ${phase}, ${state.progress.total} to do`);
      }
      if (state.status === "done" || state.status === "failed" || interrupted.signal.aborted) return state;
      if (failure !== undefined) throw failure;
      if (conducting === undefined && !(await workerAlive())) {
        conducting = conductCheck(check, { signal: interrupted.signal })
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
