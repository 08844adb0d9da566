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
 * What the reader has in hand, the study that is up first, filled up to `wanted` studies. One statement;
 * `take_studies` (migration `several_studies_in_hand`) says in what order. Empty when nothing is left for her.
 */
export async function takeLeases(
  db: Executor,
  worklistId: number,
  readerId: number,
  wanted: number,
): Promise<readonly Lease[]> {
  const rows = await db.execute<{ item: string; draft: Draft | null; resumed: boolean }>(sql`
    select item, draft, resumed from take_studies(${worklistId}, ${readerId}, ${leaseLength}, ${wanted})`);
  return rows.map((row) => ({ ...row, item: Number(row.item) }));
}
