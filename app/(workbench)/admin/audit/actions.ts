"use server";

import { runAction } from "@/app/_session/action";
import { checkTrail } from "@/server/audit/queries";
import type { TrailPlace, TrailStep } from "@/server/audit/schema";
import type { Result } from "@/server/lib/errors";

/** Checks the next stretch of the chain; without a place it begins. */
export async function verifyAudit(from?: TrailPlace): Promise<Result<TrailStep>> {
  return runAction(checkTrail, { from });
}
