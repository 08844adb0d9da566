import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Actor } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import { settleLabels } from "@/server/labels/current-labels";
import { fail, ok, type Result } from "@/server/lib/errors";
import { lockCase } from "./adjudicate";
import { type CaseTaken, undoAdjudicationInput } from "./adjudication-schema";
import { takeCase } from "./adjudication-take";
import { asReader, leaseEnd } from "./lease";

/**
 * Takes back what the adjudicator decided last in a worklist, by a revision that withdraws it, and gives her the
 * study again with what she had decided. Answers like `takeCase`. Errors: conflict (nothing to undo), not-found.
 */
export async function undoAdjudication(
  actor: Actor,
  input: { worklist: number },
): Promise<Result<CaseTaken>> {
  const undone = await takeBack(actor, input);
  return undone.ok ? takeCase(actor, { ...input, item: undone.value.item }) : undone;
}

const takeBack = command({
  name: "adjudication.undo",
  permission: "reading.adjudicate",
  input: undoAdjudicationInput,
  async run({ tx, actor, input, audit }) {
    const person = asReader(actor);
    if (!person.ok) return person;
    const { userId } = person.value;
    const [last] = await tx.execute<{ id: string; item: string; labels: string }>(sql`
      select id, item_id as item, labels from reads
      where worklist_id = ${input.worklist} and reader_id = ${userId} and kind = 'adjudication' and current
        and not withdrawn
      order by id desc limit 1`);
    const locked = last ? await lockCase(tx, Number(last.item)) : null;
    if (!last || !locked) return fail("conflict", "You have settled nothing in this worklist.");
    const { item, studyId } = locked;
    const [row] = await tx.execute<{ revision: number }>(sql`
      with before as (
        update reads set current = false where id = ${last.id} and current and not withdrawn returning *
      ), held as (
        insert into adjudication_leases (item_id, adjudicator_id, lease_expires_at, draft)
        select item_id, reader_id, ${leaseEnd}, jsonb_build_object('labels', labels, 'comment', comment, 'regions',
          regions, 'settled', (select jsonb_agg(position) from findings))
        from before
        on conflict (item_id) do update set adjudicator_id = excluded.adjudicator_id, draft = excluded.draft,
          lease_expires_at = excluded.lease_expires_at
      )
      insert into reads (study_id, reader_id, worklist_id, item_id, revision, withdrawn, kind, labels, comment,
        flagged, blind, active_ms, idempotency_key)
      select study_id, reader_id, worklist_id, item_id, revision + 1, true, kind, labels, comment, flagged, blind,
        0, ${randomUUID()}::uuid
      from before returning revision`);
    if (!row) return fail("conflict", "This decision was taken back already, in another window.");
    const settled = await settleLabels(tx, studyId);
    audit({
      action: "adjudication.withdrawn",
      object: { type: "worklist-item", id: item },
      detail: { study: studyId, worklist: input.worklist, current: settled.labels, origin: settled.origin },
    });
    return ok({ item });
  },
});
