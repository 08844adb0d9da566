import type { TakenRun } from "./lease";
import { type RunPhase, runConfiguration } from "./schema";

/** What to do about a run that asks for more memory than there is, by what it was at. */
export function adviceFor(run: TakenRun, phase: RunPhase | null): string {
  const { training } = runConfiguration.parse(run.configuration);
  if (phase === "films") return "Use a smaller cohort, or a worker with more memory.";
  if (training.batchSize < 2) return "Use a worker with more memory.";
  const smaller = Math.max(1, Math.floor(training.batchSize / 2));
  return `Try a smaller batch: ${smaller} in place of ${training.batchSize}.`;
}
