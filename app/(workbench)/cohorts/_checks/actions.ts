"use server";

import { revalidatePath } from "next/cache";
import { runAction } from "@/app/_session/action";
import { startCheck } from "@/server/training/checks/commands";
import type { CheckInput } from "@/server/training/checks/schema";

/** Puts a check of a cohort on the queue; null when it stands there, otherwise what is in the way. */
export async function check(
  kind: CheckInput["kind"],
  cohort: number,
  base: Pick<CheckInput, "network" | "weights">,
): Promise<string | null> {
  const started = await runAction(startCheck, { kind, cohort, ...base });
  if (!started.ok) return started.message;
  revalidatePath("/cohorts", "layout");
  revalidatePath("/splits", "layout");
  return null;
}
