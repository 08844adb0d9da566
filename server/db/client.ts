import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { env } from "@/server/lib/env";
import { log } from "@/server/lib/log";
import { tolerateLateWrites } from "./late-writes";
import * as schema from "./schema";

export type Database = PostgresJsDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** Either: what a query needs that may run inside a transaction. */
export type Executor = Database | Transaction;

type Connection = {
  readonly url: string;
  readonly sql: postgres.Sql;
  readonly db: Database;
  /** Once it is being ended, lost connections are no news. */
  ending: boolean;
};
/** What a pool that lost a connection may still take to finish its queries before they are broken off. */
const graceSeconds = 5;
// Next's development server evaluates this module anew at every change; one pool must serve them all.
const kept = globalThis as { overreadConnection?: Connection };

/**
 * This process's connection pool.
 * @throws when DATABASE_URL is not set: processes with an embedded server call `openDatabase` first.
 */
export function database(): Database {
  return connection().db;
}

/** The driver itself, for COPY and LISTEN, which drizzle does not have. */
export function driver(): postgres.Sql {
  return connection().sql;
}

/** Ends the pool; the next call of `database` opens another. */
export async function closeDatabase(): Promise<void> {
  const open = kept.overreadConnection;
  delete kept.overreadConnection;
  if (open) await end(open);
}

function connection(): Connection {
  const url = env().DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set and no embedded database was opened");
  const open = kept.overreadConnection;
  if (open?.url === url) return open;
  const made = connect(url);
  kept.overreadConnection = made;
  return made;
}

function connect(url: string): Connection {
  tolerateLateWrites();
  const sql = postgres(url, {
    max: 16,
    connect_timeout: 10,
    // Without limits of their own, connections close only when we end them or they are lost.
    max_lifetime: null,
    onclose: () => abandon(made),
    onnotice: () => {},
    // A page that waits longer has lost its reader; imports set their own limit inside the transaction.
    connection: { application_name: "overread", statement_timeout: 60_000 },
  });
  const made: Connection = { url, sql, db: drizzle(sql, { schema, casing: "snake_case" }), ending: false };
  return made;
}

/**
 * A pool that lost a connection is not used again: the driver may keep a dead query on it, and every query
 * behind that one would wait for ever (porsager/postgres #1154, #1186). The next call opens another pool; what
 * this one still does may finish, and is rejected after the grace.
 */
function abandon(lost: Connection): void {
  if (lost.ending) return;
  if (kept.overreadConnection === lost) delete kept.overreadConnection;
  tellLoss();
  end(lost).catch((error: unknown) => log("database").error({ err: error }, "a lost pool did not end"));
}

let toldAt = 0;

/** Once in a while: during an outage every call loses its connection. */
function tellLoss(): void {
  if (Date.now() - toldAt < 5_000) return;
  toldAt = Date.now();
  log("database").warn("a connection to the database was lost; another is opened");
}

function end(open: Connection): Promise<void> {
  open.ending = true;
  return open.sql.end({ timeout: graceSeconds });
}
