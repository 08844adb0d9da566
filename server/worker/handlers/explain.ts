import { explainRun } from "@/server/training/explain";
import type { JobHandler } from "../worker";

/** Computes saliency maps of a finished run. */
export const explain: JobHandler<"explain"> = async (message, { signal }) => {
  await explainRun(message, signal);
};
