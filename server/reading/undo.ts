import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Actor } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import type { Transaction } from "@/server/db/client";
import { settleLabels } from "@/server/labels/current-labels";
import { fail, ok, type Result } from "@/server/lib/errors";
import { type HeldItem, lockItem } from "./held-item";
import { asReader, inTurn, leaseEnd } from "./lease";
import { type TakeInput, takeInput } from "./schema";
import { takeNext } from "./take-next";

type Last = { readonly item: number; readonly status: "submitted" | "skipped" };

/**
 * Takes back what the reader did last in a worklist, a read (by a new revision that withdraws it) or a skip, and
 * gives her that study again with what she had typed. Studies that she holds meanwhile come after it. Answers like `takeNext`. Errors: not-found, conflict (there is nothing to undo).
 */
export async function undoRead(actor: Actor, input: TakeInput) {
  const undone = await takeBack(actor, input);
  return undone.ok ? takeNext(actor, input) : undone;
}

const takeBack = command({
  name: "reading.undo",
  permission: "reading.read",
  input: takeInput,
  async run({ tx, actor, input, audit }) {
    const reader = asReader(actor);
    if (!reader.ok) return reader;
    const { userId } = reader.value;
    const alone = await inTurn(tx, input.worklist, userId);
    if (!alone.ok) return alone;
    const last = await lastDone(tx, input.worklist, userId);
    if (!last) return fail("conflict", "There is nothing to undo in this worklist.");
    const locked = await lockItem(tx, last.item, userId);
    if (!locked.ok) return locked;
    const turn = await turnBefore(tx, input.worklist, userId);
    const undone =
      last.status === "submitted"
        ? await withdraw(tx, locked.value, userId, turn)
        : await unskip(tx, locked.value, turn);
    if (!undone.ok) return undone;
    audit({
      action: last.status === "submitted" ? "read.withdrawn" : "skip.withdrawn",
      object: { type: "worklist-item", id: last.item },
      detail: { study: locked.value.studyId, worklist: input.worklist, ...undone.value },
    });
    return ok({ item: last.item });
  },
});

async function lastDone(tx: Transaction, worklistId: number, readerId: number): Promise<Last | null> {
  const [row] = await tx.execute<{ item: string; status: Last["status"] }>(sql`
    select item_id as item, status from assignments
    where worklist_id = ${worklistId} and reader_id = ${readerId} and status in ('submitted', 'skipped')
      and finished_at is not null
    order by finished_at desc limit 1`);
  return row ? { ...row, item: Number(row.item) } : null;
}

/** Before everything that she holds. */
async function turnBefore(tx: Transaction, worklistId: number, readerId: number): Promise<number> {
  const [row] = await tx.execute<{ turn: number }>(sql`
    select coalesce(min(turn), 1)::int - 1 as turn from assignments
    where worklist_id = ${worklistId} and reader_id = ${readerId} and status = 'leased'`);
  return row?.turn ?? 0;
}

/** The read's place in the item stays the reader's, now as a lease. */
async function withdraw(
  tx: Transaction,
  held: HeldItem,
  readerId: number,
  turn: number,
): Promise<Result<{ revision: number }>> {
  const [row] = await tx.execute<{ revision: number }>(sql`
    with before as (
      update reads set current = false
      where study_id = ${held.studyId} and reader_id = ${readerId} and current and not withdrawn
      returning *
    ), assignment as (
      update assignments set status = 'leased', lease_expires_at = ${leaseEnd}, finished_at = null,
        turn = ${turn}, draft = jsonb_build_object('labels', before.labels, 'comment', before.comment, 'flagged', before.flagged,
          'activeMs', before.active_ms, 'regions', before.regions)
      from before where assignments.id = ${held.assignment}
    ), item as (
      update worklist_items set reads_done = reads_done - 1,
        flagged = exists (select from reads r where r.item_id = ${held.item} and r.reader_id <> ${readerId}
          and r.current and not r.withdrawn and r.flagged)
      where id = ${held.item}
    )
    insert into reads (study_id, reader_id, worklist_id, item_id, revision, withdrawn, kind, labels, comment,
      flagged, regions, blind, active_ms, idempotency_key)
    select study_id, reader_id, worklist_id, item_id, revision + 1, true, kind, labels, comment, flagged, regions,
      blind, 0, ${randomUUID()}::uuid
    from before
    returning revision`);
  if (!row) return fail("conflict", "This read was replaced elsewhere; there is nothing to undo.");
  await settleLabels(tx, held.studyId);
  return ok(row);
}

/** Back into the queue, and into the reader's hands. */
async function unskip(tx: Transaction, held: HeldItem, turn: number): Promise<Result<object>> {
  if (held.taken >= held.readsWanted) {
    return fail("conflict", "Others have taken this study since you skipped it.");
  }
  await tx.execute(sql`
    with assignment as (
      update assignments set status = 'leased', lease_expires_at = ${leaseEnd}, finished_at = null,
        turn = ${turn}, skip_reason = null
      where id = ${held.assignment}
    )
    update worklist_items set skipped = false, taken = taken + 1 where id = ${held.item}`);
  return ok({});
}
