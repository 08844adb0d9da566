import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { env } from "@/server/lib/env";
import * as schema from "./schema";

export type Database = PostgresJsDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** Either: what a query needs that may run inside a transaction. */
export type Executor = Database | Transaction;

type Connection = { readonly url: string; readonly sql: postgres.Sql; readonly db: Database };
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
  await open?.sql.end({ timeout: 5 });
}

function connection(): Connection {
  const url = env().DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set and no embedded database was opened");
  const open = kept.overreadConnection;
  if (open?.url === url) return open;
  const sql = postgres(url, {
    max: 16,
    connect_timeout: 10,
    idle_timeout: 60,
    onnotice: () => {},
    // A page that waits longer has lost its reader; imports set their own limit inside the transaction.
    connection: { application_name: "overread", statement_timeout: 60_000 },
  });
  const made = { url, sql, db: drizzle(sql, { schema, casing: "snake_case" }) };
  kept.overreadConnection = made;
  return made;
}
