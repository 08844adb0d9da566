import type { JobHandler } from "../worker";

/** Placeholder until the training feature lands in this same milestone. */
export const trainRun: JobHandler<"train"> = async () => {
  throw new Error("training jobs are not implemented yet");
};
