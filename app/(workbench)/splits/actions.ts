"use server";

import { revalidatePath } from "next/cache";
import { runAction } from "@/app/_session/action";
import { mendSplit } from "@/server/integrity/commands";
import type { MendedSplit } from "@/server/integrity/schema";
import type { Result } from "@/server/lib/errors";

/** Draws the split's cohort anew with whole patients on one side. */
export async function mend(input: { split: number; name: string }): Promise<Result<MendedSplit>> {
  const mended = await runAction(mendSplit, input);
  if (mended.ok) revalidatePath("/cohorts", "layout");
  return mended;
}
