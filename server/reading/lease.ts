import { type SQL, sql } from "drizzle-orm";
import type { Actor, Person } from "@/server/auth/actor";
import type { Executor, Transaction } from "@/server/db/client";
import { fail, ok, type Result } from "@/server/lib/errors";
import { leaseMinutes } from "./rules";
import type { Draft } from "./schema";

export const leaseEnd = sql`now() + make_interval(mins => ${leaseMinutes})`;

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
 * The reader's study: the one that is hers already, else the next one. One statement. A lease that ran out is
 * taken over first, then comes what was given back, then the list from where this reader stands, and only then
 * what she passed. Studies that others are being given at this moment are stepped over. Null when nothing is
 * left for her.
 */
export async function takeLease(db: Executor, worklistId: number, readerId: number): Promise<Lease | null> {
  const notMine = sql`not exists (
    select from assignments a
    where a.item_id = i.id and a.reader_id = ${readerId} and a.status in ('submitted', 'skipped'))`;
  const next = (where: SQL) => sql`
    select i.id, i.position, null::bigint as from_assignment from worklist_items i
    where i.worklist_id = ${worklistId} and i.open and ${where} and ${notMine}
    order by i.position limit 1 for update skip locked`;
  const [row] = await db.execute<{ item: string; draft: Draft | null; resumed: boolean }>(sql`
    with mine as (
      select id from assignments
      where worklist_id = ${worklistId} and reader_id = ${readerId} and status = 'leased'
    ), resumed as (
      update assignments set lease_expires_at = ${leaseEnd} from mine where assignments.id = mine.id
      returning assignments.item_id, assignments.draft
    ), expired as (
      -- One at a time: several readers who come at once share them out.
      select i.id, i.position, gone.id as from_assignment
      from assignments gone join worklist_items i on i.id = gone.item_id
      where gone.worklist_id = ${worklistId} and gone.status = 'leased' and gone.lease_expires_at < now()
        and gone.reader_id <> ${readerId} and not i.skipped and ${notMine}
      order by i.position limit 1 for update of gone, i skip locked
    ), reached as (
      -- With one read a study, what is open is not hers: no need to begin further down than the top.
      select case when (select reads_wanted from worklists where id = ${worklistId}) = 1 then 0
        else coalesce((select max(position) from assignments
          where worklist_id = ${worklistId} and reader_id = ${readerId}), 0) end as position
    ), returned as (${next(sql`i.returned`)}
    ), ahead as (${next(sql`i.position > (select position from reached)`)}
    ), behind as (${next(sql`i.position <= (select position from reached)`)}
    ), chosen as (
      -- Read branch by branch until one gives a row: a branch that is not needed locks nothing.
      select id, position, from_assignment from (
        select * from expired union all
        select * from returned union all
        select * from ahead union all
        select * from behind
      ) as candidates
      where not exists (select from mine)
        and (select status from worklists where id = ${worklistId}) = 'open'
      limit 1
    ), released as (
      update assignments set status = 'released', lease_expires_at = null
      from chosen where assignments.id = chosen.from_assignment
    ), counted as (
      update worklist_items i
      set taken = i.taken + case when chosen.from_assignment is null then 1 else 0 end, returned = false
      from chosen where i.id = chosen.id
    ), leased as (
      insert into assignments (item_id, worklist_id, reader_id, position, status, lease_expires_at)
      select id, ${worklistId}, ${readerId}, position, 'leased', ${leaseEnd} from chosen
      on conflict (item_id, reader_id) do update
      set status = 'leased', lease_expires_at = excluded.lease_expires_at, finished_at = null, skip_reason = null,
        position = excluded.position
      returning item_id, draft
    )
    select item_id as item, draft, true as resumed from resumed
    union all
    select item_id, draft, false from leased`);
  return row ? { ...row, item: Number(row.item) } : null;
}
