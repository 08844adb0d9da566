import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensureEmbedded } from "./ensure";
import { isAlive } from "./holders";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "overread-embedded-"));
  await chmod(folder, 0o755);
});
afterEach(async () => {
  // Adopts whatever a test left behind, and as the last to leave stops it.
  await (await ensureEmbedded(folder)).release();
  await rm(folder, { recursive: true, force: true });
});

describe("the embedded PostgreSQL", () => {
  it("is one server for processes that ask at the same time", async () => {
    const [first, second] = await Promise.all([startUser(folder), startUser(folder)]);
    expect(first.url).toBe(second.url);
    expect([first.adopted, second.adopted].sort()).toEqual([false, true]);
    await Promise.all([leave(first.process), leave(second.process)]);
    expect(isAlive(await postmaster(folder))).toBe(false);
  });

  it("is adopted after its starter was killed, with what it held", async () => {
    const starter = await startUser(folder);
    await execute(starter.url, "create table kept as select 42 as answer");
    const before = await postmaster(folder);
    starter.process.kill("SIGKILL");
    await once(starter.process, "exit");
    const adopted = await ensureEmbedded(folder);
    expect(adopted.adopted).toBe(true);
    expect(await postmaster(folder)).toBe(before);
    expect(await execute(adopted.url, "select answer from kept")).toEqual([{ answer: 42 }]);
  });

  it("starts again after the server itself was killed, losing nothing committed", async () => {
    const first = await ensureEmbedded(folder);
    await execute(first.url, "create table kept as select 7 as answer");
    process.kill(await postmaster(folder), "SIGKILL");
    const second = await ensureEmbedded(folder);
    expect(second.adopted).toBe(false);
    expect(await execute(second.url, "select answer from kept")).toEqual([{ answer: 7 }]);
  });

  it("asks for a SCRAM password, listens on loopback only and checks its pages", async () => {
    const { url } = await ensureEmbedded(folder);
    const wrong = new URL(url);
    wrong.password = "guess";
    await expect(execute(wrong.href, "select 1")).rejects.toThrow(/password authentication failed/);
    const settings = await execute(
      url,
      `select current_setting('listen_addresses') as listen, current_setting('data_checksums') as checksums,
              current_setting('password_encryption') as encryption`,
    );
    expect(settings).toEqual([{ listen: "127.0.0.1", checksums: "on", encryption: "scram-sha-256" }]);
  });
});

/** A process of its own that opens the data folder's database and stays until told to leave. */
async function startUser(of: string): Promise<{ process: ChildProcess; url: string; adopted: boolean }> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", path.join(import.meta.dirname, "../../testing/embedded-user.ts"), of],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { process: child, ...(JSON.parse(line.toString()) as { url: string; adopted: boolean }) };
}

async function leave(child: ChildProcess): Promise<void> {
  const exited = once(child, "exit");
  child.stdin?.end();
  await exited;
}

async function postmaster(of: string): Promise<number> {
  const file = path.join(of, "postgres", "postmaster.pid");
  const text = await readFile(file, "utf8").catch(() => "");
  return text === "" ? 2 ** 30 : Number(text.split("\n")[0]);
}

async function execute(url: string, statement: string): Promise<unknown[]> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return [...(await client.unsafe(statement))].map((row) => ({ ...row }));
  } finally {
    await client.end({ timeout: 2 });
  }
}
