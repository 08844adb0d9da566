import path from "node:path";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { adoptSettings, dataFolder, env } from "@/server/lib/env";
import { closeDatabase, database, driver } from "./client";
import { ensureEmbedded } from "./embedded/ensure";
import { keepUp } from "./embedded/keep-up";

export type OpenDatabase = {
  readonly kind: "embedded" | "external";
  close(): Promise<void>;
};

/** Makes the database of this installation ready: the one of DATABASE_URL, else the embedded one; migrated. */
export async function openDatabase(): Promise<OpenDatabase> {
  if (env().DATABASE_URL) {
    await applyMigrations();
    return { kind: "external", close: closeDatabase };
  }
  const embedded = await ensureEmbedded(dataFolder());
  adoptSettings({ DATABASE_URL: embedded.url });
  await applyMigrations();
  const letDown = keepUp(dataFolder(), embedded);
  const close = async () => {
    await letDown();
    await closeDatabase();
    await embedded.release();
  };
  return { kind: "embedded", close };
}

/** Applies what is missing of `drizzle/`, one process at a time. */
export async function applyMigrations(): Promise<void> {
  const reserved = await driver().reserve();
  try {
    await reserved`select pg_advisory_lock(742000)`;
    await migrate(database(), { migrationsFolder: path.resolve(import.meta.dirname, "../../drizzle") });
  } finally {
    await reserved`select pg_advisory_unlock(742000)`;
    reserved.release();
  }
}
