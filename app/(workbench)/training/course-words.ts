import type { RunConfiguration } from "@/server/training/schema";

type Training = RunConfiguration["training"];

/** "L1 0.001, L2 0.01 on the head's kernels"; null where there is none. */
export function penaltyOf({ l1, l2 }: Training): string | null {
  const parts = [l1 > 0 ? `L1 ${l1}` : "", l2 > 0 ? `L2 ${l2}` : ""].filter((part) => part !== "");
  return parts.length > 0 ? `${parts.join(", ")} on the head's kernels` : null;
}

/** "the whole base at 0.00001 for 30 epochs in batches of 8". */
export function fineTuningInWords({
  from,
  learningRate,
  epochs,
  batchSize,
}: NonNullable<RunConfiguration["fineTuning"]>): string {
  const what = from === null ? "the whole base" : `the base from ${from} on`;
  return `${what} at ${learningRate} for ${epochs} epochs in batches of ${batchSize}`;
}

/** How a run evens out its classes. */
export function balanceOf({ sampling, classWeights }: Training): string {
  if (sampling === "over") return "oversampled to the largest in every epoch";
  if (sampling === "under") return "undersampled to the smallest, anew in every epoch";
  return classWeights === "balanced" ? "balanced by weights" : "as they come";
}
