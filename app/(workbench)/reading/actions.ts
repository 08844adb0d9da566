"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { runAction } from "@/app/_session/action";
import { filtersOfSearch } from "@/server/images/browse/search";
import { filteredImages } from "@/server/reading/filtered-images";
import { clearFlag, returnStudy } from "@/server/reading/set-aside";
import { createWorklist, setWorklistStatus } from "@/server/reading/worklist-commands";
import { queryOfForm } from "./query-of-form";

/** Makes a worklist from the form and opens its progress; otherwise says what is in the way. */
export async function makeWorklist(_: string | null, form: FormData): Promise<string | null> {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const filters = text("filters");
  let query = queryOfForm(form);
  if (filters !== "") {
    const found = await runAction(
      filteredImages,
      filtersOfSearch(Object.fromEntries(new URLSearchParams(filters))),
    );
    if (!found.ok) return found.message;
    query = { kind: "selection", images: found.value.images };
  }
  const made = await runAction(createWorklist, {
    name: text("name"),
    query,
    dataset: text("dataset") || undefined,
    limit: text("limit") === "" ? undefined : Number(text("limit")),
    readsWanted: Number(text("readsWanted") || 1),
    blind: form.get("blind") !== null,
  });
  if (!made.ok) return made.message;
  redirect(`/reading/${made.value.id}/progress`);
}

/** Opens, pauses or closes a worklist; null when it was done. */
export async function setStatus(
  worklist: number,
  status: "open" | "paused" | "closed",
): Promise<string | null> {
  const answer = await runAction(setWorklistStatus, { worklist, status });
  revalidatePath(`/reading/${worklist}/progress`);
  return answer.ok ? null : answer.message;
}

/** Sends a skipped or flagged study back into the queue; null when it was done. */
export async function giveBack(worklist: number, item: number): Promise<string | null> {
  const answer = await runAction(returnStudy, { item });
  revalidatePath(`/reading/${worklist}/progress`);
  return answer.ok ? null : answer.message;
}

/** Takes a flag off; null when it was done. */
export async function unflag(worklist: number, item: number): Promise<string | null> {
  const answer = await runAction(clearFlag, { item });
  revalidatePath(`/reading/${worklist}/progress`);
  return answer.ok ? null : answer.message;
}
