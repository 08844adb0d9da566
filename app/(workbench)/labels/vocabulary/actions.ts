"use server";

import { revalidatePath } from "next/cache";
import { runAction } from "@/app/_session/action";
import { addFinding, changeFinding } from "@/server/labels/vocabulary-commands";
import { vocabularyImpact } from "@/server/labels/vocabulary-impact";
import type { AddFindingInput, ChangeFindingInput } from "@/server/labels/vocabulary-schema";
import type { Result } from "@/server/lib/errors";

type Change = { readonly add: AddFindingInput } | { readonly change: ChangeFindingInput };

/** What a change would mean for labels, reads and readers. */
export async function explain(change: Change): Promise<Result<{ sentences: readonly string[] }>> {
  return runAction(vocabularyImpact, change);
}

/** Makes the change; null when it was done. */
export async function confirm(change: Change): Promise<string | null> {
  const made =
    "add" in change ? await runAction(addFinding, change.add) : await runAction(changeFinding, change.change);
  if (!made.ok) return made.message;
  revalidatePath("/labels", "layout");
  return null;
}
