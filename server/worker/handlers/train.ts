import { database } from "@/server/db/client";
import { enqueue } from "@/server/jobs/queue";
import { conductRun } from "@/server/training/conduct";
import { leaseSeconds } from "@/server/training/lease";
import type { JobHandler } from "../worker";

/**
 * Trains a run. Where another worker is alive on it, or it needs a GPU and there is none here, a job that looks again later takes this one's place, so
 * that a run never stands without one.
 */
export const trainRun: JobHandler<"train"> = async ({ runId }, { signal, workerId }) => {
  const end = await conductRun(runId, { signal, workerId });
  if (end === "over") return;
  await database().transaction((tx) => enqueue(tx, "train", { runId }, leaseSeconds));
};
