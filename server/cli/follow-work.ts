import { setTimeout as wait } from "node:timers/promises";
import { workerAlive } from "@/server/training/worker-alive";

type Work<State> = {
  /** How it stands now; says what is new of it. Nothing is left to wait for once it is over. */
  look(interrupted: AbortSignal): Promise<{ state: State; over: boolean }>;
  /** Does it in this process, by the worker's own handler. */
  conduct(interrupted: AbortSignal, interrupt: () => void): Promise<unknown>;
  everyMs: number;
};

/**
 * Waits until work on the queue is over. With no worker alive, this process does it itself; Ctrl-C gives it back.
 * @throws what `conduct` threw, where the work is not over all the same
 */
export async function followWork<State>({ look, conduct, everyMs }: Work<State>): Promise<State> {
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  let conducting: Promise<unknown> | undefined;
  let failure: unknown;
  try {
    for (;;) {
      const { state, over } = await look(interrupted.signal);
      if (over || interrupted.signal.aborted) return state;
      if (failure !== undefined) throw failure;
      if (conducting === undefined && !(await workerAlive())) {
        conducting = conduct(interrupted.signal, interrupt)
          .catch((error: unknown) => {
            failure = error;
          })
          .finally(() => {
            conducting = undefined;
          });
      }
      await Promise.race([wait(everyMs), ...(conducting ? [conducting] : [])]);
    }
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    await conducting;
  }
}
