import type { JobHandler } from "../worker";

/** Placeholder until the datasets feature lands in this same milestone. */
export const importDataset: JobHandler<"import"> = async () => {
  throw new Error("import jobs are not implemented yet");
};
