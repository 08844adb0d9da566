import { sql } from "drizzle-orm";
import { z } from "zod";
import { command, query } from "@/server/auth/command";
import type { Transaction } from "@/server/db/client";
import { fail, ok } from "@/server/lib/errors";
import { findWorklist } from "./find";
import { returnInput, type SetAside, worklistReference } from "./schema";

const listInput = worklistReference.extend({
  what: z.enum(["skipped", "flagged"]),
  after: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(50),
});

type Row = Omit<SetAside, "item" | "study" | "patientId" | "image" | "at"> & {
  item: string;
  study: string;
  patientId: string;
  image: string | null;
  at: string | null;
};

/** Studies of a worklist that were skipped, or flagged: by whom, when, why. Errors: not-found. */
export const listSetAside = query({
  name: "worklist.set-aside",
  permission: "worklists.manage",
  input: listInput,
  async run({ db, input }) {
    const found = await findWorklist(db, input.worklist);
    if (!found.ok) return found;
    const column = input.what === "skipped" ? sql`i.skipped` : sql`i.flagged`;
    const rows = await db.execute<Row>(sql`
      select i.id as item, i.study_id as study, p.id as "patientId", p.external_id as patient, film.id as image,
        i.skipped, i.flagged, said.reader, said.reason, coalesce(said.comment, '') as comment, said.at
      from worklist_items i
      join studies s on s.id = i.study_id
      join patients p on p.id = s.patient_id
      left join lateral (
        select id from images where study_id = i.study_id order by film_here desc, id limit 1
      ) film on true
      left join lateral (
        select u.name as reader, a.skip_reason as reason, a.finished_at as at,
          coalesce(r.comment, a.draft ->> 'comment') as comment
        from assignments a
        join users u on u.id = a.reader_id
        left join reads r on r.item_id = a.item_id and r.reader_id = a.reader_id and r.current and not r.withdrawn
        where a.item_id = i.id and ${
          input.what === "skipped"
            ? sql`a.status = 'skipped'`
            : sql`(r.flagged or a.draft ->> 'flagged' = 'true')`
        }
        order by a.finished_at desc nulls last limit 1
      ) said on true
      where i.worklist_id = ${found.value.id} and ${column} and i.id > ${input.after}
      order by i.id limit ${input.limit + 1}`);
    const page = rows.slice(0, input.limit).map(
      (row): SetAside => ({
        ...row,
        item: Number(row.item),
        study: Number(row.study),
        patientId: Number(row.patientId),
        image: row.image === null ? null : Number(row.image),
        at: row.at === null ? null : new Date(row.at),
      }),
    );
    return ok({ rows: page, next: rows.length > input.limit ? (page.at(-1)?.item ?? null) : null });
  },
});

/**
 * Sends a study back into the queue, before all others. A skipped one goes to any reader again; one that has all
 * its reads gets one more. Its flag is taken off. Errors: not-found, conflict (it waits in the queue already).
 */
export const returnStudy = command({
  name: "worklist.return",
  permission: "worklists.manage",
  input: returnInput,
  async run({ tx, input, audit }) {
    const item = await lockedItem(tx, input.item);
    if (!item) return fail("not-found", "There is no such study.");
    if (!item.skipped && !item.flagged) return fail("conflict", "This study is neither skipped nor flagged.");
    const full = item.taken >= item.reads_wanted;
    await tx.execute(sql`
      with skipped as (
        update assignments set status = 'released', skip_reason = null
        where item_id = ${input.item} and status = 'skipped'
      )
      update worklist_items set skipped = false, flagged = false, returned = true,
        reads_wanted = reads_wanted + ${full ? 1 : 0}::smallint
      where id = ${input.item}`);
    audit({
      action: "study.returned",
      object: { type: "worklist-item", id: input.item },
      before: { skipped: item.skipped, flagged: item.flagged },
      detail: { readsWanted: item.reads_wanted + (full ? 1 : 0) },
    });
    return ok({ item: input.item });
  },
});

/** Takes a flag off and leaves the study where it is. Errors: not-found. */
export const clearFlag = command({
  name: "worklist.unflag",
  permission: "worklists.manage",
  input: returnInput,
  async run({ tx, input, audit }) {
    const item = await lockedItem(tx, input.item);
    if (!item) return fail("not-found", "There is no such study.");
    await tx.execute(sql`update worklist_items set flagged = false where id = ${input.item}`);
    audit({ action: "study.unflagged", object: { type: "worklist-item", id: input.item } });
    return ok({ item: input.item });
  },
});

type LockedItem = { skipped: boolean; flagged: boolean; taken: number; reads_wanted: number };

async function lockedItem(tx: Transaction, item: number): Promise<LockedItem | undefined> {
  const [row] = await tx.execute<LockedItem>(sql`
    select skipped, flagged, taken, reads_wanted from worklist_items where id = ${item} for update`);
  return row;
}
