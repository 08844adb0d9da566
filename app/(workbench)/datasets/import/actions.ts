"use server";

import { redirect } from "next/navigation";
import { runAction } from "@/app/_session/action";
import { repeatImport, startImport } from "@/server/datasets/commands";
import { importInput } from "@/server/datasets/schema";

/** Queues an import and opens its page; otherwise says what is in the way. */
export async function start(_: string | null, form: FormData): Promise<string | null> {
  const given = [...form].filter(([, value]) => value !== "");
  const input = importInput.safeParse(Object.fromEntries(given));
  if (!input.success) return input.error.issues[0]?.message ?? "The form is not complete.";
  const started = await runAction(startImport, input.data);
  if (!started.ok) return started.message;
  redirect(`/datasets/import/${started.value.importId}`);
}

/** Queues a finished or failed import once more; null never comes back, the new one's page opens. */
export async function repeat(importId: number): Promise<string> {
  const started = await runAction(repeatImport, { importId });
  if (!started.ok) return started.message;
  redirect(`/datasets/import/${started.value.importId}`);
}
