"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { runAction } from "@/app/_session/action";
import { filtersOfSearch } from "@/server/images/browse/search";
import { ok, type Result } from "@/server/lib/errors";
import { editWorklist } from "@/server/reading/edit-worklist";
import { filteredImages } from "@/server/reading/filtered-images";
import { previewWorklist } from "@/server/reading/queries";
import { clearFlag, returnStudy } from "@/server/reading/set-aside";
import { createWorklist, setWorklistStatus } from "@/server/reading/worklist-commands";
import {
  type EditWorklistInput,
  type WorklistChoiceInput,
  worklistOrders,
} from "@/server/reading/worklist-input";
import { mannerOfForm } from "./manner-of-form";
import { queryOfForm } from "./query-of-form";

/** Makes a worklist from the form and opens its progress; otherwise says what is in the way. */
export async function makeWorklist(_: string | null, form: FormData): Promise<string | null> {
  const choice = await choiceOf(form);
  if (!choice.ok) return choice.message;
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const made = await runAction(createWorklist, {
    ...choice.value,
    name: String(form.get("name") ?? ""),
    readsWanted: Number(form.get("readsWanted") || 1),
    blind: form.get("blind") !== null,
    knownEvery: text("knownEvery") === "" ? undefined : Number(text("knownEvery")),
    ...mannerOfForm(form),
  });
  if (!made.ok) return made.message;
  redirect(`/reading/${made.value.id}/progress`);
}

/** Changes what is named of a worklist; null when it was done. */
export async function changeWorklist(
  worklist: number,
  change: Omit<EditWorklistInput, "worklist">,
): Promise<string | null> {
  const changed = await runAction(editWorklist, { ...change, worklist });
  revalidatePath("/reading", "layout");
  return changed.ok ? null : changed.message;
}

/** How many studies the form asks for as it stands. */
export async function previewForm(form: FormData): Promise<Result<{ studies: number }>> {
  const choice = await choiceOf(form);
  return choice.ok ? runAction(previewWorklist, choice.value) : choice;
}

/** Opens, pauses or closes a worklist; null when it was done. */
export async function setStatus(
  worklist: number,
  status: "open" | "paused" | "closed",
): Promise<string | null> {
  const answer = await runAction(setWorklistStatus, { worklist, status });
  revalidatePath("/reading", "layout");
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

/** Filters that came from the images page decide which studies; else the form's kind does. */
async function choiceOf(form: FormData): Promise<Result<WorklistChoiceInput>> {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const limit = text("limit") === "" ? undefined : Number(text("limit"));
  const order = worklistOrders.find((one) => one === text("order"));
  const filters = text("filters");
  if (filters === "") {
    return ok({ query: queryOfForm(form), dataset: text("dataset") || undefined, limit, order });
  }
  const search = Object.fromEntries(new URLSearchParams(filters));
  const found = await runAction(filteredImages, filtersOfSearch(search));
  return found.ok ? ok({ query: { kind: "selection", images: found.value.images }, limit, order }) : found;
}
