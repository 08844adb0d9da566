import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { env } from "@/server/lib/env";
import { messageOf } from "@/server/lib/errors";
import { chosenFlavour, engineCache } from "./cache";
import { buildForThisMachine, installEngine } from "./install";
import type { Obtaining } from "./obtain";

const attempt = z.object({ at: z.number(), why: z.string() });

/** A machine without network or compiler is not asked at every start. */
const retryAfterMs = 60 * 60 * 1000;

/**
 * What the set-up does: installs the native engine where nothing speaks against it, and otherwise says in one
 * line why training runs on WebAssembly. Never fails.
 */
export async function ensureEngine(
  say: (line: string) => void,
  { limitMs, ...obtaining }: Omit<Obtaining, "signal"> & { readonly limitMs: number },
): Promise<void> {
  if (env().OVERREAD_ENGINE === "wasm" || (await chosenFlavour()) === "wasm") return;
  const last = await lastAttempt();
  if (last && Date.now() - last.at < retryAfterMs) return say(fallback(last.why));
  const limit = AbortSignal.timeout(limitMs);
  try {
    const build = await buildForThisMachine();
    const { engine } = await installEngine(build, { ...obtaining, signal: limit });
    say(`Native engine ready: ${engine.library} on ${engine.device}.`);
  } catch (error) {
    const why = limit.aborted ? `it was not done within ${limitMs / 60_000} minutes.` : messageOf(error);
    await keepAttempt(why);
    say(fallback(why));
  }
}

function fallback(why: string): string {
  return `Training uses WebAssembly here: ${why} “npm run overread -- engine install” tries again.`;
}

function attemptFile(): string {
  return path.join(engineCache(), "last-attempt.json");
}

async function lastAttempt(): Promise<z.infer<typeof attempt> | null> {
  try {
    return attempt.parse(JSON.parse(await readFile(attemptFile(), "utf8")));
  } catch {
    return null;
  }
}

async function keepAttempt(why: string): Promise<void> {
  try {
    await mkdir(engineCache(), { recursive: true });
    await writeFile(attemptFile(), JSON.stringify({ at: Date.now(), why }));
  } catch {
    // Nowhere to keep it: then it is tried at the next start.
  }
}
