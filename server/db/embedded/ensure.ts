import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { holdServer, otherHolders, releaseServer } from "./holders";
import { withLock } from "./lock";
import { createCluster, freePort, runningPort, startServer, stopServer, untilGone } from "./server";

export type EmbeddedDatabase = {
  readonly url: string;
  readonly adopted: boolean;
  /** Whether its postmaster lives, whoever started it. */
  isRunning(): Promise<boolean>;
  /** Leaves the server; the last process to leave stops it. */
  release(): Promise<void>;
};

/**
 * The PostgreSQL of a data folder: made where there is none, started where it stands still, adopted where it
 * runs (also after its starter was killed). Two processes that ask at once get the same server.
 * @param folder absolute path of the data folder
 * @param flags extra server settings, for tests
 */
export async function ensureEmbedded(
  folder: string,
  flags: readonly string[] = [],
): Promise<EmbeddedDatabase> {
  await mkdir(folder, { recursive: true });
  const cluster = path.join(folder, "postgres");
  const { url, adopted } = await withLock(path.join(folder, "database.lock"), async () => {
    const access = await loadAccess(folder);
    if (!existsSync(path.join(cluster, "PG_VERSION"))) await createCluster(cluster, access.password);
    const port = await runningPort(cluster);
    if (port !== null && (await answers(urlOf(access, port)))) {
      await holdServer(folder);
      return { url: urlOf(access, port), adopted: true };
    }
    if (port !== null) await untilGone(cluster);
    // The port that it had: those who were connected find it again.
    const chosen = await freePort(access.port);
    await startServer(cluster, chosen, flags);
    await ensureDatabase(access, chosen);
    await keepAccess(folder, { ...access, port: chosen });
    await holdServer(folder);
    return { url: urlOf(access, chosen), adopted: false };
  });
  const release = () =>
    withLock(path.join(folder, "database.lock"), async () => {
      await releaseServer(folder);
      if ((await otherHolders(folder)).length === 0) await stopServer(cluster);
    });
  const isRunning = async () => (await runningPort(cluster)) !== null;
  return { url, adopted, isRunning, release };
}

type Access = {
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Where it listened last. */
  readonly port?: number;
};

async function loadAccess(folder: string): Promise<Access> {
  const file = path.join(folder, "database.json");
  if (existsSync(file)) return JSON.parse(await readFile(file, "utf8")) as Access;
  const access: Access = {
    user: "overread",
    password: randomBytes(24).toString("base64url"),
    database: "overread",
  };
  await keepAccess(folder, access);
  return access;
}

async function keepAccess(folder: string, access: Access): Promise<void> {
  const file = path.join(folder, "database.json");
  await writeFile(`${file}.new`, JSON.stringify(access), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

function urlOf(access: Access, port: number, database = access.database): string {
  return `postgres://${access.user}:${access.password}@127.0.0.1:${port}/${database}`;
}

/** Whether a server takes our password there; one that is still starting is waited for. */
async function answers(url: string): Promise<boolean> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const client = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
    try {
      await client`select 1`;
      return true;
    } catch (error) {
      // 57P03, cannot_connect_now: starting up, or in recovery after a crash.
      if ((error as { code?: string }).code !== "57P03") return false;
      await pause(200);
    } finally {
      await client.end({ timeout: 1 });
    }
  }
  return false;
}

async function ensureDatabase(access: Access, port: number): Promise<void> {
  const client = postgres(urlOf(access, port, "postgres"), { max: 1, onnotice: () => {} });
  try {
    const found = await client`select 1 from pg_database where datname = ${access.database}`;
    if (found.length === 0) await client`create database ${client(access.database)}`;
  } finally {
    await client.end({ timeout: 5 });
  }
}
