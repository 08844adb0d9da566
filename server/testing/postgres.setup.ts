import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { closeDatabase } from "@/server/db/client";
import { ensureEmbedded } from "@/server/db/embedded/ensure";
import { applyMigrations } from "@/server/db/open";
import { adoptSettings } from "@/server/lib/env";

/** One real PostgreSQL for all test files, migrated once; each file clones the database (`testDatabase`). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "overread-test-"));
  // The server runs as another system user when the tests run as root.
  await chmod(folder, 0o755);
  const server = await ensureEmbedded(folder, ["-c fsync=off", "-c synchronous_commit=off"]);
  adoptSettings({ DATABASE_URL: server.url });
  await applyMigrations();
  await closeDatabase();
  project.provide("templateDatabase", server.url);
  return async () => {
    await server.release();
    await rm(folder, { recursive: true, force: true });
  };
}

declare module "vitest" {
  interface ProvidedContext {
    templateDatabase: string;
  }
}
