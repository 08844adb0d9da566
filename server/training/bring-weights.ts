import { eq } from "drizzle-orm";
import { type Actor, may } from "@/server/auth/actor";
import { database } from "@/server/db/client";
import { weights } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";
import { fetchWeights, notPublished, type Progress } from "./fetch-weights";
import { importWeights } from "./weights-commands";
import { isPublished, presetNames, weightsPreset } from "./weights-presets";

/**
 * Sees to it that weights which a launch names are here, where the name is a preset's: the first run that wants
 * them brings them. Any other name is left to the launch to judge.
 * Errors: forbidden, unavailable (no way to the source), invalid (what came is not what is known)
 */
export async function ensureWeights(
  actor: Actor,
  name: string | undefined,
  onProgress?: Progress,
): Promise<Result<null>> {
  const preset = name === undefined ? null : weightsPreset(name);
  if (!preset || preset.name !== name || (await areHere(name))) return ok(null);
  const brought = await bringWeights(actor, { preset: name }, onProgress);
  // Somebody else's run may have brought them meanwhile.
  return brought.ok || brought.code === "conflict" ? ok(null) : brought;
}

/**
 * Brings a preset's weights from its public source, or from a file that was got there before, checks them, and
 * keeps them under a name.
 * Errors: not-found (the preset), conflict (the name is taken), forbidden, unavailable, invalid
 */
export async function bringWeights(
  actor: Actor,
  asked: { readonly preset: string; readonly name?: string; readonly file?: Uint8Array<ArrayBuffer> },
  onProgress?: Progress,
): ReturnType<typeof importWeights> {
  if (!may(actor, "weights.import")) return fail("forbidden", "Your role does not allow this.");
  const preset = weightsPreset(asked.preset);
  if (!preset) return fail("not-found", `There is no preset ${asked.preset}: there are ${presetNames()}.`);
  const name = asked.name ?? preset.name;
  if (await areHere(name)) return fail("conflict", `There are weights named ${name} already.`);
  if (asked.file && !isPublished(asked.file, preset.source)) {
    return fail("invalid", notPublished("This", preset));
  }
  const bytes = asked.file ?? (await fetchWeights(preset, onProgress));
  if (!(bytes instanceof Uint8Array)) return bytes;
  return importWeights(actor, { network: preset.network, name, bytes, known: preset.known });
}

async function areHere(name: string): Promise<boolean> {
  const [row] = await database().select({ id: weights.id }).from(weights).where(eq(weights.name, name));
  return row !== undefined;
}
