import type { Actor } from "@/server/auth/actor";
import { valueOf as valueIn } from "@/server/auth/command";
import { conductCheck } from "@/server/training/checks/conduct";
import { showCheck } from "@/server/training/checks/queries";
import type { CheckState } from "@/server/training/checks/schema";
import { followWork } from "./follow-work";

/**
 * Waits until a check is over and says how far it is. With no worker alive, this process does it itself; Ctrl-C
 * leaves it for another.
 */
export function followCheck(actor: Actor, check: number, say: (line: string) => void): Promise<CheckState> {
  let phase = "";
  return followWork({
    async look() {
      const state = valueIn(await showCheck(actor, { check }));
      if (state.progress && state.progress.phase !== phase) {
        phase = state.progress.phase;
        say(`Check ${check}: ${phase}, ${state.progress.total} to do`);
      }
      return { state, over: state.status === "done" || state.status === "failed" };
    },
    conduct: (signal) => conductCheck(check, { signal }),
    everyMs: 1_000,
  });
}
