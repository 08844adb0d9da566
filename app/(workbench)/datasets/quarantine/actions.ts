"use server";

import { revalidatePath } from "next/cache";
import { runAction } from "@/app/_session/action";
import { clearFilms } from "@/server/datasets/quarantine/clear";
import { rejectFilms } from "@/server/datasets/quarantine/reject";

/** Takes the films into their datasets; otherwise says what is in the way. */
export async function clear(ids: number[]): Promise<string | null> {
  const done = await runAction(clearFilms, { ids });
  revalidatePath("/datasets/quarantine");
  return done.ok ? null : done.message;
}

/** Refuses the films for good. */
export async function reject(ids: number[]): Promise<string | null> {
  const done = await runAction(rejectFilms, { ids });
  revalidatePath("/datasets/quarantine");
  return done.ok ? null : done.message;
}
