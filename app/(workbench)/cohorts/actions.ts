"use server";

import { revalidatePath } from "next/cache";
import { runAction } from "@/app/_session/action";
import { createCohort } from "@/server/cohorts/commands";
import { previewCohort } from "@/server/cohorts/queries";
import type { CohortCounts, CohortSourceInput } from "@/server/cohorts/schema";
import type { Result } from "@/server/lib/errors";
import { createSplit } from "@/server/splits/commands";
import type { CreateSplitInput } from "@/server/splits/schema";

/** What a table or a rule would give. */
export async function preview(input: { source: CohortSourceInput }): Promise<Result<CohortCounts>> {
  return runAction(previewCohort, input);
}

/** Fixes a cohort; its page is next. */
export async function create(input: {
  name: string;
  source: CohortSourceInput;
}): Promise<Result<{ id: number }>> {
  const made = await runAction(createCohort, input);
  if (!made.ok) return made;
  revalidatePath("/cohorts", "layout");
  return { ok: true, value: { id: made.value.id } };
}

/** Divides a cohort; the split's page is next. */
export async function divide(input: CreateSplitInput): Promise<Result<{ id: number }>> {
  const made = await runAction(createSplit, input);
  if (!made.ok) return made;
  revalidatePath("/cohorts", "layout");
  return { ok: true, value: { id: made.value.id } };
}
