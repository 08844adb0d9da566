"use server";

import { revalidatePath } from "next/cache";
import { runAction } from "@/app/_session/action";
import { freezeLabels } from "@/server/labels/commands";

/** Freezes the current labels under a name; says what came of it. */
export async function freeze(
  _: { ok: boolean; message: string } | null,
  form: FormData,
): Promise<{ ok: boolean; message: string }> {
  const frozen = await runAction(freezeLabels, { name: String(form.get("name") ?? "") });
  if (!frozen.ok) return { ok: false, message: frozen.message };
  revalidatePath("/labels");
  const { name, images } = frozen.value;
  return { ok: true, message: `“${name}” holds the labels of ${images.toLocaleString("en-US")} images.` };
}
