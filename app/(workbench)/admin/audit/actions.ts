"use server";

import { runAction } from "@/app/_session/action";
import { checkTrail } from "@/server/audit/queries";
import type { TrailCheck } from "@/server/audit/schema";
import type { Result } from "@/server/lib/errors";

/** Walks the whole chain. */
export async function verifyAudit(): Promise<Result<TrailCheck>> {
  return runAction(checkTrail, {});
}
