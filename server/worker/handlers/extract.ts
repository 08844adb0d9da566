import { helpWithShards } from "@/server/training/shards/help";
import type { JobHandler } from "../worker";

/** Helps with the features that a run or sweep on another worker waits for. */
export const extract: JobHandler<"extract"> = async ({ recipe }, { signal }) => {
  await helpWithShards(recipe, signal);
};
