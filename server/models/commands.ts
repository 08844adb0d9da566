import type { Actor } from "@/server/auth/actor";
import { fail, type Result } from "@/server/lib/errors";
import { fillWorklist } from "@/server/reading/worklist-commands";
import { type SendToReadingInput, sendToReadingInput } from "./schema";

type Sent = { readonly id: number; readonly name: string; readonly added: number; readonly created: boolean };

/**
 * Sends images that a model got wrong to the readers: their studies go to the end of a worklist, which is made
 * when there is none of that name. Readers read blind, as always; nothing of the model is shown before.
 * Errors: as `fillWorklist`.
 */
export async function sendToReading(actor: Actor, raw: SendToReadingInput): Promise<Result<Sent>> {
  const input = sendToReadingInput.safeParse(raw);
  if (!input.success)
    return fail("invalid", input.error.issues[0]?.message ?? "Choose images and a worklist.");
  const { images, worklist } = input.data;
  return fillWorklist(actor, { worklist, query: { kind: "selection", images }, create: {} });
}
