import type { TakenRun } from "./lease";
import { type RunPhase, runConfiguration } from "./schema";

/** What to do about a run that asks for more memory than there is, by what it was at. */
export function adviceFor(run: TakenRun, phase: RunPhase | null): string {
  const { training, fineTuning } = runConfiguration.parse(run.configuration);
  const { batchSize } = phase === "fine-tuning" && fineTuning ? fineTuning : training;
  if (phase === "films") return "Use a smaller cohort, or a worker with more memory.";
  if (batchSize < 2) return "Use a worker with more memory.";
  const smaller = Math.max(1, Math.floor(batchSize / 2));
  return `Try a smaller${phase === "fine-tuning" ? " fine-tuning" : ""} batch: ${smaller} in place of ${batchSize}.`;
}
