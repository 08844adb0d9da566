import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { env } from "@/server/lib/env";

const record = z.object({
  flavour: z.enum(["cpu", "cuda"]),
  tensorflow: z.string(),
  /** The wheels that the libraries came from, with the SHA-256 that each was checked against. */
  wheels: z.array(z.object({ project: z.string(), version: z.string(), sha256: z.string() })),
  compiler: z.string(),
  /** Every file that the engine loads, relative to the folder. */
  files: z.array(z.object({ path: z.string(), bytes: z.number() })),
  installedAt: z.string(),
});
/** What a finished build says of itself, in its folder. */
export type InstalledRecord = z.infer<typeof record>;

/** The addon's file in a build's folder, and what the package calls it. */
export const addonFile = "tfjs_binding.node";

const recordFile = "installed.json";

/**
 * Where engines are kept for every checkout of this user, so that a fresh `npm ci` needs no new download:
 * OVERREAD_ENGINE_CACHE, else `overread/engine` in the user's cache folder.
 */
export function engineCache(): string {
  const { OVERREAD_ENGINE_CACHE, XDG_CACHE_HOME } = env();
  if (OVERREAD_ENGINE_CACHE) return path.resolve(OVERREAD_ENGINE_CACHE);
  return path.join(XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "overread", "engine");
}

/** The record of a build whose every file is there in its full length; null for anything less. */
export async function installedIn(folder: string): Promise<InstalledRecord | null> {
  try {
    const found = record.parse(JSON.parse(await readFile(path.join(folder, recordFile), "utf8")));
    for (const { path: file, bytes } of found.files) {
      if ((await stat(path.join(folder, file))).size !== bytes) return null;
    }
    return found;
  } catch {
    // Absent, cut off or of another version: whichever, it has to be built again.
    return null;
  }
}

/** Writes the record into the folder, last of all: what has one is whole. */
export async function writeRecord(
  folder: string,
  { files, ...rest }: Omit<InstalledRecord, "files"> & { readonly files: readonly string[] },
): Promise<InstalledRecord> {
  const sizes = files.map(async (file) => ({
    path: file,
    bytes: (await stat(path.join(folder, file))).size,
  }));
  const written = { ...rest, files: await Promise.all(sizes) };
  await writeFile(path.join(folder, recordFile), `${JSON.stringify(written, null, 2)}\n`);
  return written;
}

/** The kind of engine that this user asked for by hand; the set-up leaves it so. */
export async function chosenFlavour(): Promise<"cpu" | "cuda" | "wasm" | null> {
  const text = await readFile(choiceFile(), "utf8").catch(() => "");
  return (["cpu", "cuda", "wasm"] as const).find((flavour) => flavour === text.trim()) ?? null;
}

/** @returns whether it could be kept: a cache that came with the machine may be for reading only */
export async function chooseFlavour(flavour: "cpu" | "cuda" | "wasm"): Promise<boolean> {
  try {
    await mkdir(engineCache(), { recursive: true });
    await writeFile(choiceFile(), `${flavour}\n`);
    return true;
  } catch {
    return false;
  }
}

function choiceFile(): string {
  return path.join(engineCache(), "choice");
}
