import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { adoptSettings, dataFolder, env } from "@/server/lib/env";

/**
 * Puts this installation's secrets in force. They are made at the first start and live in the data folder,
 * readable by its owner only; a setting in the environment wins.
 */
export async function adoptSecrets(): Promise<void> {
  if (env().NEXTAUTH_SECRET) return;
  const file = path.join(dataFolder(), "secrets.json");
  await mkdir(dataFolder(), { recursive: true });
  if (!existsSync(file)) {
    const made = { NEXTAUTH_SECRET: randomBytes(48).toString("base64url") };
    await writeFile(file, JSON.stringify(made), { mode: 0o600, flag: "wx" }).catch(someoneElseWasFirst);
  }
  adoptSettings(JSON.parse(await readFile(file, "utf8")) as Record<string, string>);
}

function someoneElseWasFirst(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
