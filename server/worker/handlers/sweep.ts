import { conductSweep } from "@/server/training/sweeps/conduct";
import type { JobHandler } from "../worker";

/** Works on a sweep until it is over; several workers may be at the same one. */
export const workSweep: JobHandler<"sweep"> = async ({ sweepId }, { signal }) => {
  await conductSweep(sweepId, { signal });
};
