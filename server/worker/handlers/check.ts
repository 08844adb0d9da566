import { conductCheck } from "@/server/training/checks/conduct";
import type { JobHandler } from "../worker";

/** Does a check of a cohort. */
export const workCheck: JobHandler<"check"> = async ({ checkId }, { signal }) => {
  await conductCheck(checkId, { signal });
};
