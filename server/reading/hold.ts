import { type SQL, sql } from "drizzle-orm";
import { query } from "@/server/auth/command";
import type { Database } from "@/server/db/client";
import { fail, ok, type Result } from "@/server/lib/errors";
import { asReader, leaseEnd } from "./lease";
import { draftInput, itemInput, leaveInput } from "./schema";

// Drafts, heartbeats and leaving are no acts on the record: one row of the trail for each, some a minute and
// reader, would bury it. Each is one statement on the reader's own assignment.

/** Seconds that a study stays the reader's after her tab is gone: a reload finds it where it was. */
const graceSeconds = 15;

/** Whether the reader still holds the study; otherwise the state that her dealing with it is in. */
export type Held = { readonly held: boolean; readonly state: string };

/**
 * Keeps what is typed so far, and the lease. The draft is kept even where the lease was lost, so that nothing
 * typed is. Errors: not-found.
 */
export const saveDraft = query({
  name: "reading.draft",
  permission: "reading.read",
  input: draftInput,
  async run({ db, actor, input: { item, ...draft } }) {
    const reader = asReader(actor);
    if (!reader.ok) return reader;
    return touch(db, item, reader.value.userId, draft);
  },
});

/** Keeps the lease while a reader looks and does nothing else. Errors: not-found. */
export const heartbeat = query({
  name: "reading.heartbeat",
  permission: "reading.read",
  input: itemInput,
  async run({ db, actor, input }) {
    const reader = asReader(actor);
    return reader.ok ? touch(db, input.item, reader.value.userId, undefined) : reader;
  },
});

/**
 * The tab is gone: what was typed last is kept, and the lease ends in a few seconds unless the reader comes
 * back. Errors: not-found.
 */
export const leaveStudy = query({
  name: "reading.leave",
  permission: "reading.read",
  input: leaveInput,
  async run({ db, actor, input: { item, draft } }) {
    const reader = asReader(actor);
    if (!reader.ok) return reader;
    const soon = sql`least(lease_expires_at, now() + make_interval(secs => ${graceSeconds}))`;
    const status = await setHeld(db, item, reader.value.userId, draft, soon);
    return status ? ok({ left: status === "leased" }) : unknown();
  },
});

async function touch(
  db: Database,
  item: number,
  readerId: number,
  draft: object | undefined,
): Promise<Result<Held>> {
  const status = await setHeld(db, item, readerId, draft, leaseEnd);
  return status ? ok({ held: status === "leased", state: status }) : unknown();
}

/**
 * Sets the draft of one item, and the end of the lease of all that the reader holds in its worklist: what lies
 * ahead waits as long as she is at work. A study that is ended keeps what it was ended with. Returns the item's
 * state; undefined for one that was never hers.
 */
async function setHeld(
  db: Database,
  item: number,
  readerId: number,
  draft: object | undefined,
  end: SQL,
): Promise<string | undefined> {
  const open = sql`item_id = ${item} and status in ('leased', 'released')`;
  const next =
    draft === undefined
      ? sql`draft`
      : sql`case when ${open} then ${JSON.stringify(draft)}::jsonb else draft end`;
  const rows = await db.execute<{ item: string; status: string }>(sql`
    update assignments set draft = ${next}, lease_expires_at = case when status = 'leased' then ${end} end
    where reader_id = ${readerId} and (item_id = ${item} or (status = 'leased' and worklist_id = (
      select worklist_id from assignments where item_id = ${item} and reader_id = ${readerId})))
    returning item_id as item, status`);
  return rows.find((row) => Number(row.item) === item)?.status;
}

function unknown(): Result<never> {
  return fail("not-found", "There is no such study in your worklist.");
}
