import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { examineEngine } from "@/server/engine/examine";
import { childEnvironment } from "@/server/lib/env";

// What concerns the machine alone, on a machine where things are missing.
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "overread-machine-"));
  await writeFile(path.join(folder, "no-folder"), "");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("doctor looks at everything else when the database is away", async () => {
  const { document, exit } = await overread(["doctor"], { DATABASE_URL: "postgres://a:b@127.0.0.1:9/x" });
  expect(exit).toBe(0);
  expect(document).toMatchObject({
    node: process.versions.node,
    database: "unreachable",
    storage: "folder",
    engine: { name: expect.any(String), version: expect.any(String), device: expect.any(String) },
    worker: null,
  });
  expect(document.checks).toMatchObject([
    { name: "node", ok: true },
    { name: "database", ok: false, detail: expect.stringContaining("ECONNREFUSED") },
    { name: "storage", ok: true },
    { name: "engine", ok: true },
    { name: "worker", ok: false },
  ]);
});

const nowhere = () => ({ OVERREAD_ENGINE_CACHE: path.join(folder, "no-folder", "cache") });

test("an engine that is ordered and cannot be kept is refused in one line", async () => {
  expect(await overread(["engine", "install", "--cpu"], nowhere())).toMatchObject({
    exit: 1,
    document: { error: { code: "unavailable", message: expect.stringMatching(/^The native engine .+$/) } },
  });
});

test("without an order the engine of before goes on, and that is what is said", async () => {
  const before = await examineEngine("auto");
  const { document, exit } = await overread(["engine", "install"], nowhere());
  expect(exit).toBe(0);
  expect(document).toMatchObject({ engine: before.name, library: before.library });
  expect(document.why).toContain("The native engine");
});

test("who ends the command's first process ends the command", async () => {
  const env = childEnvironment({ OVERREAD_DATA: path.join(folder, "data"), ...nowhere() });
  const first = spawn(process.execPath, [path.resolve("server/cli/bin.mjs"), "engine", "show"], { env });
  const ended = once(first, "exit");
  await expect.poll(() => working(first.pid), { timeout: 20_000 }).not.toEqual([]);
  const at = working(first.pid);
  first.kill("SIGTERM");
  expect(await ended).toEqual([143, null]);
  await expect.poll(() => at.filter((pid) => processes().some((one) => one.pid === pid))).toEqual([]);
});

/** The processes below `first` in which the command is at work. */
function working(first: number | undefined): readonly number[] {
  return processes()
    .filter(({ parent, what }) => parent === first && what.includes("main.ts"))
    .map(({ pid }) => pid);
}

function processes() {
  return execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .flatMap((line) => {
      const [, pid, parent, what = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid ? [{ pid: Number(pid), parent: Number(parent), what }] : [];
    });
}

type Answer = { readonly document: Record<string, unknown>; readonly exit: number };

function overread(words: readonly string[], settings: Record<string, string>): Promise<Answer> {
  const env = childEnvironment({ OVERREAD_DATA: path.join(folder, "data"), ...settings });
  const program = [path.resolve("server/cli/bin.mjs"), ...words, "--json"];
  return new Promise((resolve) => {
    execFile(process.execPath, program, { env }, (error, stdout) =>
      resolve({ document: JSON.parse(stdout), exit: error ? Number(error.code ?? 1) : 0 }),
    );
  });
}
