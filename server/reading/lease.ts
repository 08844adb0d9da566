import { sql } from "drizzle-orm";
import type { Actor, Person } from "@/server/auth/actor";
import type { Executor, Transaction } from "@/server/db/client";
import { fail, ok, type Result } from "@/server/lib/errors";
import { leaseMinutes } from "./rules";
import type { Draft } from "./schema";

const leaseLength = sql`make_interval(mins => ${leaseMinutes})`;
export const leaseEnd = sql`now() + ${leaseLength}`;

/** Only people read: a lease is in somebody's name. Errors: forbidden. */
export function asReader(actor: Actor): Result<Person> {
  return actor.kind === "person" ? ok(actor) : fail("forbidden", "Only a person reads; name one with --as.");
}

/**
 * What one reader does in one worklist happens one after the other: two tabs, a double click, a retry. Held
 * until the transaction ends; a statement of its own, so that the next one sees what was waited for. Errors:
 * not-found.
 */
export async function inTurn(tx: Transaction, worklistId: number, readerId: number): Promise<Result<null>> {
  const [worklist] = await tx.execute(sql`
    select id, pg_advisory_xact_lock(hashtextextended('reading', id * 1000003 + ${readerId}::bigint))
    from worklists where id = ${worklistId}`);
  return worklist ? ok(null) : fail("not-found", "There is no such worklist.");
}

export type Lease = { readonly item: number; readonly draft: Draft | null; readonly resumed: boolean };

/**
 * The reader's study: the one that is hers already, else the next one. One statement; `take_study` (migration
 * `reading_in_the_database`) says in what order. Null when nothing is left for her.
 */
export async function takeLease(db: Executor, worklistId: number, readerId: number): Promise<Lease | null> {
  const [row] = await db.execute<{ item: string; draft: Draft | null; resumed: boolean }>(sql`
    select item, draft, resumed from take_study(${worklistId}, ${readerId}, ${leaseLength})`);
  return row ? { ...row, item: Number(row.item) } : null;
}
