import type { Command } from "commander";
import { desc, gt, sql } from "drizzle-orm";
import { database } from "@/server/db/client";
import { type OpenDatabase, openDatabase } from "@/server/db/open";
import { workers } from "@/server/db/schema";
import { type ExaminedEngine, examineEngine, speedText } from "@/server/engine/examine";
import { env } from "@/server/lib/env";
import { messageOf, ok } from "@/server/lib/errors";
import { objectStore } from "@/server/storage/open";
import { machineVerb } from "../context";

type Check = { readonly name: string; readonly ok: boolean; readonly detail: string };
type Doctor = {
  readonly node: string;
  readonly database: string;
  readonly storage: string;
  readonly engine: ExaminedEngine | null;
  readonly worker: { readonly host: string; readonly pid: number; readonly seenAt: string } | null;
  readonly checks: readonly Check[];
};

export function registerDoctor(program: Command): void {
  program
    .command("doctor")
    .description("look whether every part of this installation works")
    .addHelpText("after", "\nExample:\n  npm run -s overread -- doctor --json")
    .action(machineVerb(async () => ok(await examine()), print));
}

/** A database that is away is an answer, and the rest is looked at all the same. */
async function examine(): Promise<Doctor> {
  let open: OpenDatabase | undefined;
  try {
    return await lookedAt(async () => {
      open = await openDatabase();
      return serverVersion();
    });
  } finally {
    await open?.close();
  }
}

async function lookedAt(databaseVersion: () => Promise<string>): Promise<Doctor> {
  const checks: Check[] = [];
  const examined = async <T>(name: string, look: () => Promise<T>, detail: (found: T) => string) => {
    try {
      const found = await look();
      checks.push({ name, ok: true, detail: detail(found) });
      return found;
    } catch (error) {
      checks.push({ name, ok: false, detail: messageOf(error) });
      return null;
    }
  };
  const major = Number(process.versions.node.split(".")[0]);
  checks.push({ name: "node", ok: major >= 22, detail: `Node ${process.versions.node}` });
  const version = await examined("database", databaseVersion, (found) => `PostgreSQL ${found}, migrated`);
  const store = objectStore();
  await examined(
    "storage",
    () => store.check(),
    () => `${store.kind} takes and gives objects`,
  );
  const engine = await examined(
    "engine",
    () => examineEngine(env().OVERREAD_ENGINE),
    (found) => `${found.why} ${found.library}, ${found.device}, ${speedText(found)}`,
  );
  const worker = version === null ? null : await livingWorker();
  checks.push({
    name: "worker",
    ok: worker !== null,
    detail: worker ? `process ${worker.pid} on ${worker.host}` : noWorker(version !== null),
  });
  return {
    node: process.versions.node,
    database: version ?? "unreachable",
    storage: store.kind,
    engine,
    worker,
    checks,
  };
}

function noWorker(known: boolean): string {
  return known ? "no worker has been seen in the last 30 seconds" : "not known without the database";
}

async function serverVersion(): Promise<string> {
  const [row] = await database().execute<{ version: string }>(
    sql`select current_setting('server_version') as version`,
  );
  return row?.version ?? "unknown";
}

async function livingWorker(): Promise<Doctor["worker"]> {
  const [row] = await database()
    .select()
    .from(workers)
    .where(gt(workers.seenAt, sql`now() - interval '30 seconds'`))
    .orderBy(desc(workers.seenAt))
    .limit(1);
  return row ? { host: row.host, pid: row.pid, seenAt: row.seenAt.toISOString() } : null;
}

function print(found: Doctor): string {
  return found.checks
    .map((check) => `${check.ok ? "ok    " : "FAILED"} ${check.name.padEnd(10)} ${check.detail}`)
    .join("\n");
}
