"use server";

import { redirect } from "next/navigation";
import { runAction } from "@/app/_session/action";
import { cancelSweep, createSweep } from "@/server/training/sweeps/commands";
import { promoteTrial } from "@/server/training/sweeps/promote";
import { sweepInput } from "@/server/training/sweeps/schema";

/** Starts a sweep from the form and opens its page; otherwise says what is in the way. */
export async function startSweep(_: string | null, form: FormData): Promise<string | null> {
  const given = [...form].filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "",
  );
  const fields = Object.fromEntries(given);
  const input = sweepInput.safeParse({ ...fields, split: Number(fields.split) });
  if (!input.success) return input.error.issues[0]?.message ?? "The form is not complete.";
  const created = await runAction(createSweep, input.data);
  if (!created.ok) return created.message;
  redirect(`/training/sweeps/${created.value.sweep}`);
}

/** Ends a sweep; null when it was heard. */
export async function endSweep(sweep: number): Promise<string | null> {
  const ended = await runAction(cancelSweep, { sweep });
  return ended.ok ? null : ended.message;
}

/** Launches a trial as a full run and opens its page; otherwise says what is in the way. */
export async function promote(sweep: number, trial: number): Promise<string> {
  const launched = await runAction(promoteTrial, { sweep, trial });
  if (!launched.ok) return launched.message;
  redirect(`/training/${launched.value.run}`);
}
