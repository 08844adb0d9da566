import { type ChildProcess, spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { eq } from "drizzle-orm";
import postgres from "postgres";
import { expect, inject, test } from "vitest";
import { closeDatabase, database, driver } from "@/server/db/client";
import { imports } from "@/server/db/schema";
import { childEnvironment, dataFolder, env } from "@/server/lib/env";
import type { ObjectStore } from "@/server/storage/object-store";
import { objectStore } from "@/server/storage/open";
import { testDatabase } from "@/server/testing/database";
import { chexpertFolder, countsOf, imagesOf, imported, pathOf, shell, testFolder } from "./import.fixture";
import { importNow } from "./import-now";
import { performImport } from "./perform";

testDatabase();
const at = testFolder();

const rowsOf = (count: number) => Array.from({ length: count }, (_, patient) => ({ Path: pathOf(patient) }));

/** Notes an import as the page does, for `performImport`. */
async function noted(source: string, datasetName: string): Promise<number> {
  const row = { source, datasetName, format: "chexpert", status: "queued", startedBy: "test" } as const;
  const [made] = await database().insert(imports).values(row).returning({ id: imports.id });
  return made?.id ?? 0;
}

async function importOf(id: number) {
  const [row] = await database().select().from(imports).where(eq(imports.id, id));
  return row;
}

/** Every object of this installation's folder store. */
async function storedObjects(): Promise<string[]> {
  const folder = path.join(dataFolder(), "objects");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** This installation's store, whose disk is full, or whatever `then` does, after so many films. */
function storeUntil(films: number, then: () => Promise<void>): ObjectStore {
  const store = objectStore();
  let put = 0;
  return {
    ...store,
    async put(bytes, mediaType) {
      if (mediaType !== "image/webp") put += 1;
      if (put > films) await then();
      return store.put(bytes, mediaType);
    },
  };
}

const diskFull = async () => {
  throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
};

test("a disk that fills up leaves no dataset, no new object, and says so; the next import succeeds", async () => {
  await imported(await chexpertFolder(at("kept"), rowsOf(3)), "kept");
  const before = (await storedObjects()).sort();
  // Its first three films are those of the other dataset: they must stay.
  const folder = await chexpertFolder(at("full"), rowsOf(20));
  const id = await noted(folder, "full");
  const result = await performImport(shell, id, { store: storeUntil(8, diskFull) });
  expect(result).toMatchObject({ ok: false, message: expect.stringMatching(/disk is full/i) });
  expect(await importOf(id)).toMatchObject({
    status: "failed",
    error: expect.stringMatching(/disk is full/i),
  });
  expect(await countsOf("full")).toBeUndefined();
  expect((await storedObjects()).sort()).toEqual(before);
  expect(await imported(folder, "full")).toMatchObject({ added: 20 });
  expect(await countsOf("kept")).toMatchObject({ images: 3 });
});

test("a disk that fills up in an update leaves the dataset as it was", async () => {
  const folder = await chexpertFolder(at("update"), rowsOf(4));
  await imported(folder, "update");
  const before = await imagesOf("update");
  await chexpertFolder(folder, rowsOf(30).reverse());
  const id = await noted(folder, "update");
  expect((await performImport(shell, id, { store: storeUntil(5, diskFull) })).ok).toBe(false);
  expect(await imagesOf("update")).toEqual(before);
});

test("a database that goes away in the middle leaves nothing, and the same import then succeeds", async () => {
  const folder = await chexpertFolder(at("gone"), rowsOf(40), { firstFilm: 1000 });
  const id = await noted(folder, "gone");
  const before = (await storedObjects()).sort();
  const result = await performImport(shell, id, { store: storeUntil(15, cutConnections) });
  expect(result.ok).toBe(false);
  expect(await countsOf("gone")).toBeUndefined();
  expect((await importOf(id))?.status).toBe("failed");
  expect(await imported(folder, "gone")).toMatchObject({ added: 40 });
  expect((await storedObjects()).length).toBeGreaterThan(before.length);
});

let cut = false;
/** Ends every connection to this test's database, once. */
async function cutConnections(): Promise<void> {
  if (cut) return;
  cut = true;
  const here = new URL(env().DATABASE_URL ?? "").pathname.slice(1);
  const sql = postgres(inject("templateDatabase").replace(/[^/]+$/, "postgres"), { max: 1 });
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${here}`;
  await sql.end();
}

test("a database that ends the merge leaves nothing", async () => {
  const folder = await chexpertFolder(at("merge"), rowsOf(5));
  await driver().unsafe(`
    create function end_myself() returns trigger language plpgsql as
      $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
    create trigger end_myself after insert on images for each statement execute function end_myself()`);
  const result = await importNow(shell, { format: "chexpert", source: folder, name: "merge" });
  await driver().unsafe("drop trigger end_myself on images");
  expect(result).toMatchObject({ ok: false, message: expect.stringMatching(/database went away/i) });
  expect(await countsOf("merge")).toBeUndefined();
  expect(await imported(folder, "merge")).toMatchObject({ added: 5 });
});

test("an import that is told to stop stops, and leaves nothing", async () => {
  const folder = await chexpertFolder(at("stopped"), rowsOf(30), { firstFilm: 1100 });
  const id = await noted(folder, "stopped");
  const stop = new AbortController();
  const store = storeUntil(5, async () => stop.abort());
  expect((await performImport(shell, id, { store, signal: stop.signal })).ok).toBe(false);
  expect(await importOf(id)).toMatchObject({ status: "failed" });
  expect(await countsOf("stopped")).toBeUndefined();
});

test("a killed process leaves no row; the next import succeeds and marks the first as failed", async () => {
  const folder = await chexpertFolder(at("killed"), rowsOf(300), { firstFilm: 1300 });
  await imported(await chexpertFolder(at("other"), rowsOf(2)), "other");
  const before = await storedObjects();
  const child = importing(folder, "killed");
  await until(async () => (await storedObjects()).length > before.length + 20);
  await killed(child);
  const [first] = await database().select().from(imports).where(eq(imports.datasetName, "killed"));
  expect(first?.status).toBe("running");
  expect(await countsOf("killed")).toBeUndefined();
  expect(await imported(folder, "killed")).toMatchObject({ rows: 300, added: 300, rejected: { count: 0 } });
  expect(await importOf(first?.id ?? 0)).toMatchObject({
    status: "failed",
    error: expect.stringMatching(/ended/),
  });
  expect(await readdir(path.join(dataFolder(), "tmp"))).toEqual([]);
});

test("what a killed process put into the store is taken out again where nothing refers to it", async () => {
  const before = (await storedObjects()).sort();
  const folder = await chexpertFolder(at("orphans"), rowsOf(300), { firstFilm: 1700 });
  const child = importing(folder, "orphans");
  await until(async () => (await storedObjects()).length > before.length + 20);
  await killed(child);
  await imported(await chexpertFolder(at("after"), rowsOf(2)), "after");
  expect((await storedObjects()).sort()).toEqual(before);
});

/** Ends a process without a word, and waits until the database has noticed. */
async function killed(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await until(async () => {
    const [others] = await driver()<{ count: number }[]>`
      select count(*)::int from pg_locks where locktype = 'advisory'`;
    return child.signalCode !== null && others?.count === 0;
  });
}

function importing(folder: string, name: string): ChildProcess {
  const root = path.resolve(import.meta.dirname, "../../..");
  return spawn(
    process.execPath,
    ["--import", "tsx", "server/cli/main.ts", "import", "chexpert", folder, "--name", name],
    {
      cwd: root,
      env: childEnvironment({ DATABASE_URL: env().DATABASE_URL, OVERREAD_DATA: dataFolder() }),
      stdio: "ignore",
    },
  );
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 40_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error("waited for 40 s");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("two imports of one dataset at once end in one dataset", async () => {
  const folder = await chexpertFolder(at("both"), rowsOf(60));
  const results = await Promise.all([imported(folder, "both"), imported(folder, "both")]);
  expect(results.map(({ added }) => added).sort((a, b) => a - b)).toEqual([0, 60]);
  expect(results.map(({ unchanged }) => unchanged).sort((a, b) => a - b)).toEqual([0, 60]);
  expect(await countsOf("both")).toEqual({ patients: 60, studies: 60, images: 60 });
  const films = (await imagesOf("both")).map(({ film }) => film ?? "");
  expect(await Promise.all(films.map((sha256) => objectStore().has(sha256)))).not.toContain(false);
});

test("a failing import beside a running one takes nothing from it", async () => {
  // Both name the same films; one of them breaks off when the other is in the middle of it.
  const folder = await chexpertFolder(at("beside"), rowsOf(80), { firstFilm: 1200 });
  const failing = performImport(shell, await noted(folder, "beside one"), {
    store: storeUntil(20, diskFull),
  });
  const [broken, whole] = await Promise.all([failing, imported(folder, "beside two")]);
  expect(broken.ok).toBe(false);
  expect(whole).toMatchObject({ added: 80 });
  const films = (await imagesOf("beside two")).map(({ film }) => film ?? "");
  expect(await Promise.all(films.map((sha256) => objectStore().has(sha256)))).not.toContain(false);
});

test("one import is done by one process at a time", async () => {
  const folder = await chexpertFolder(at("once"), rowsOf(20));
  const id = await noted(folder, "once");
  const results = await Promise.all([performImport(shell, id), performImport(shell, id)]);
  expect(results.map((result) => result.ok).sort()).toEqual([false, true]);
  expect(await importOf(id)).toMatchObject({ status: "done" });
  await closeDatabase();
});
