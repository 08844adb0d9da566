import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, inject } from "vitest";
import { closeDatabase } from "@/server/db/client";
import { adoptSettings } from "@/server/lib/env";

/**
 * Gives the calling test file a database and a data folder of its own; call it once at the file's top. The
 * database is a clone of the migrated template on the suite's real PostgreSQL.
 */
export function testDatabase(): void {
  let folder: string;
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  beforeAll(async () => {
    const template = new URL(inject("templateDatabase"));
    await onServer(
      template,
      (sql) => sql`create database ${sql(name)} template ${sql(template.pathname.slice(1))}`,
    );
    folder = await mkdtemp(path.join(tmpdir(), "overread-data-"));
    const url = new URL(template);
    url.pathname = `/${name}`;
    adoptSettings({ DATABASE_URL: url.href, OVERREAD_DATA: folder, LOG_LEVEL: "silent" });
  });
  afterAll(async () => {
    await closeDatabase();
    const template = new URL(inject("templateDatabase"));
    await onServer(template, (sql) => sql`drop database if exists ${sql(name)} with (force)`);
    await rm(folder, { recursive: true, force: true });
  });
}

async function onServer(template: URL, work: (sql: postgres.Sql) => PromiseLike<unknown>): Promise<void> {
  const url = new URL(template);
  url.pathname = "/postgres";
  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
