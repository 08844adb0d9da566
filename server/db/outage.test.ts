import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adoptSettings, env } from "@/server/lib/env";
import { closeDatabase, database } from "./client";
import { type EmbeddedDatabase, ensureEmbedded } from "./embedded/ensure";
import { keepUp } from "./embedded/keep-up";

let folder = "";
let server: EmbeddedDatabase;
let letDown: () => Promise<void>;
const before = env().DATABASE_URL ?? "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "overread-outage-"));
  await chmod(folder, 0o755);
  server = await ensureEmbedded(folder);
  adoptSettings({ DATABASE_URL: server.url });
  letDown = keepUp(folder, server);
  await database().execute(sql`create table notes (id int primary key)`);
});
afterAll(async () => {
  await letDown();
  await closeDatabase();
  await server.release();
  adoptSettings({ DATABASE_URL: before });
  await rm(folder, { recursive: true, force: true });
});

test("a killed server is started again where it was; nothing that was asked of it hangs, nothing acknowledged is lost", async () => {
  const acknowledged: number[] = [];
  let next = 0;
  let asked = 0;
  let settled = 0;
  let over = false;
  const people = Array.from({ length: 40 }, async (_, person) => {
    while (!over) {
      asked += 1;
      await (person % 2 === 0 ? note(next++, acknowledged) : look()).catch(() => pause(20));
      settled += 1;
    }
  });
  for (let round = 0; round < 2; round += 1) {
    await pause(500);
    await killPostmaster();
    await untilAnswers();
  }
  const beforeTheEnd = acknowledged.length;
  await pause(500);
  expect(acknowledged.length).toBeGreaterThan(beforeTheEnd);
  over = true;
  await Promise.all(people);
  expect(settled).toBe(asked);
  const kept = await database().execute<{ id: number }>(sql`select id from notes`);
  const ids = new Set(kept.map(({ id }) => id));
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
});

/** A transaction that a kill may meet at any of its steps. */
async function note(id: number, acknowledged: number[]): Promise<void> {
  await database().transaction(async (tx) => {
    await tx.execute(sql`insert into notes values (${id})`);
    await tx.execute(sql`select pg_sleep(0.005)`);
  });
  acknowledged.push(id);
}

async function look(): Promise<void> {
  await database().execute(sql`select count(*), pg_sleep(0.01) from notes`);
}

async function killPostmaster(): Promise<void> {
  const [pid] = (await readFile(path.join(folder, "postgres", "postmaster.pid"), "utf8")).split("\n");
  process.kill(Number(pid), "SIGKILL");
}

async function untilAnswers(): Promise<void> {
  // The old backends answer for a moment after their postmaster died.
  await pause(1_500);
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const answer = await look().then(
      () => true,
      () => false,
    );
    if (answer) return;
    await pause(100);
  }
  throw new Error("the server did not come back");
}
