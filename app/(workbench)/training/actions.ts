"use server";

import { redirect } from "next/navigation";
import { runAction } from "@/app/_session/action";
import { bringWeights } from "@/server/training/bring-weights";
import { cancelRun, launchRun } from "@/server/training/commands";
import { launchInput } from "@/server/training/schema";
import { type BringNews, newsOfBringing } from "./bring-news";

/** Launches a run from the form and opens its page; otherwise says what is in the way. */
export async function launch(_: string | null, form: FormData): Promise<string | null> {
  const given = [...form].filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "",
  );
  const input = launchInput.safeParse(Object.fromEntries(given));
  if (!input.success) return input.error.issues[0]?.message ?? "The form is not complete.";
  const launched = await runAction(launchRun, input.data);
  if (!launched.ok) return launched.message;
  redirect(`/training/${launched.value.run}`);
}

/** Asks for the end of a run; null when it was heard. */
export async function cancel(run: number): Promise<string | null> {
  const cancelled = await runAction(cancelRun, { run });
  return cancelled.ok ? null : cancelled.message;
}

/** Brings a preset's weights from their public source, telling how far they are. */
export async function bring(preset: string): Promise<ReadableStream<BringNews>> {
  return newsOfBringing(async (onProgress) => {
    const brought = await runAction(
      (actor, asked: { preset: string }) => bringWeights(actor, asked, onProgress),
      {
        preset,
      },
    );
    return brought.ok || brought.code === "conflict" ? null : brought.message;
  });
}
