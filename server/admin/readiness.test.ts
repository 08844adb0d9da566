import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { closeDatabase, database } from "@/server/db/client";
import { adoptSettings, dataFolder, env } from "@/server/lib/env";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { readiness } from "./readiness";
import { systemFacts } from "./system";

testDatabase();

const failing = async () => (await readiness()).filter((part) => !part.ok).map((part) => part.name);

describe("readiness", () => {
  it("is there when database, migrations and storage are", async () => {
    expect(await failing()).toEqual([]);
  });

  it("is missing while a migration is", async () => {
    const [last] = await database().execute<{ id: number; hash: string; created_at: string }>(
      sql`delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations) returning *`,
    );
    expect(await failing()).toEqual(["migrations"]);
    await database().execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${last?.hash}, ${last?.created_at})`,
    );
    expect(await failing()).toEqual([]);
  });

  it("is missing while the storage takes nothing", async () => {
    const objects = path.join(dataFolder(), "objects");
    await rm(objects, { recursive: true, force: true });
    await writeFile(objects, "a file where the folder should be");
    expect(await failing()).toEqual(["storage"]);
    await rm(objects);
  });

  it("is missing, and said within seconds, while the database does not answer", async () => {
    const { DATABASE_URL } = env();
    const nobody = new URL(String(DATABASE_URL));
    nobody.port = "1";
    await closeDatabase();
    adoptSettings({ DATABASE_URL: nobody.href });
    const start = Date.now();
    expect(await failing()).toEqual(["database", "migrations"]);
    expect(Date.now() - start).toBeLessThan(5_000);
    await closeDatabase();
    adoptSettings({ DATABASE_URL: String(DATABASE_URL) });
    expect(await failing()).toEqual([]);
  });
});

describe("the system page", () => {
  it("shows parts, living workers and versions to administrators only", async () => {
    await database().execute(sql`
      insert into workers (id, host, pid, engine, seen_at) values
      (gen_random_uuid(), 'here', 1, '{"name":"wasm","version":"4.22.0","device":"cpu"}', now()),
      (gen_random_uuid(), 'gone', 2, null, now() - interval '31 seconds')`);
    const found = await systemFacts(await personWith("administrator"), {});
    expect(found).toMatchObject({
      ok: true,
      value: { workers: [{ host: "here", engine: { name: "wasm" } }] },
    });
    expect(await systemFacts(await personWith("scientist"), {})).toMatchObject({ code: "forbidden" });
  });
});
