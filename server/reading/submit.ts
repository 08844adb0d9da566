import { sql } from "drizzle-orm";
import type { Actor } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import { database, type Transaction } from "@/server/db/client";
import { settleLabels } from "@/server/labels/current-labels";
import { vocabulary } from "@/server/labels/vocabulary";
import { fail, ok, type Result } from "@/server/lib/errors";
import { type HeldItem, lockItem, mayFinish } from "./held-item";
import { known } from "./known";
import { asReader } from "./lease";
import { contradictions, wholeRead } from "./rules";
import { type SubmitInput, type Submitted, submitInput } from "./schema";

/**
 * Submits a read: a new revision, the study's current label and its images', the item's count, in one
 * transaction; then tells what was kept from a blind reader. The same key again answers the same and does
 * nothing. Errors: conflict (the lease was lost and the place is taken, or it was ended in another window; the
 * detail names the state), invalid (contradictory and not confirmed; the detail lists how), not-found.
 */
export async function submitRead(actor: Actor, input: SubmitInput): Promise<Result<Submitted>> {
  const reader = asReader(actor);
  if (!reader.ok) return reader;
  const stored = await storeRead(actor, input);
  if (!stored.ok) return stored;
  const { studyId, ...read } = stored.value;
  return ok({ ...read, known: await known(database(), { studyId, readerId: reader.value.userId }) });
}

const storeRead = command({
  name: "reading.submit",
  permission: "reading.read",
  input: submitInput,
  async run({ tx, actor, input, audit }) {
    const reader = asReader(actor);
    if (!reader.ok) return reader;
    const { userId } = reader.value;
    const locked = await lockItem(tx, input.item, userId);
    if (!locked.ok) return locked;
    const held = locked.value;
    const earlier = await readOfKey(tx, input.key);
    if (earlier) {
      const { id, readerId, ...answer } = earlier;
      if (readerId !== userId) return fail("conflict", "This key was used already; send a new one.");
      audit({ action: "read.repeated", object: { type: "read", id } });
      return ok({ ...answer, item: input.item, studyId: held.studyId, repeated: true });
    }
    const allowed = mayFinish(held);
    if (!allowed.ok) return allowed;
    const labels = wholeRead(input.labels, held.findings);
    if (labels === null) return fail("invalid", `There are ${held.findings} findings, and more labels.`);
    const meant = input.confirmed ? ok(null) : await withoutContradiction(labels);
    if (!meant.ok) return meant;
    const read = await insertRead(tx, { ...input, labels }, held, userId, allowed.value.placeKept);
    const settled = await settleLabels(tx, held);
    audit({
      action: "read.submitted",
      object: { type: "read", id: read.id },
      after: { labels, revision: read.revision, flagged: input.flagged },
      detail: {
        study: held.studyId,
        worklist: held.worklistId,
        current: settled.labels,
        origin: settled.origin,
      },
    });
    const { item } = input;
    return ok({ item, studyId: held.studyId, labels, revision: read.revision, repeated: false });
  },
});

async function readOfKey(tx: Transaction, key: string) {
  const [row] = await tx.execute<{ id: string; readerId: string; revision: number; labels: string }>(sql`
    select id, reader_id as "readerId", revision, labels from reads where idempotency_key = ${key}`);
  return row ? { ...row, id: Number(row.id), readerId: Number(row.readerId) } : null;
}

async function withoutContradiction(labels: string): Promise<Result<null>> {
  const found = contradictions(labels, await vocabulary());
  const [first] = found;
  if (!first) return ok(null);
  return fail("invalid", `${first.text}. Submit again if you mean it.`, { contradictions: found });
}

type NewRead = {
  readonly labels: string;
  readonly comment: string;
  readonly flagged: boolean;
  readonly activeMs: number;
  readonly key: string;
};

/** The revision, the reader's assignment and the item's counts, in one statement. */
async function insertRead(
  tx: Transaction,
  read: NewRead,
  held: HeldItem,
  readerId: number,
  placeKept: boolean,
): Promise<{ id: number; revision: number }> {
  const [row] = await tx.execute<{ id: string; revision: number }>(sql`
    with earlier as (
      update reads set current = false where study_id = ${held.studyId} and reader_id = ${readerId} and current
      returning revision, item_id
    ), assignment as (
      update assignments set status = 'submitted', lease_expires_at = null, draft = null, finished_at = now()
      where id = ${held.assignment}
    ), item as (
      update worklist_items set reads_done = reads_done + 1, taken = taken + ${placeKept ? 0 : 1}::smallint,
        flagged = flagged or ${read.flagged}
      where id = ${held.item}
    )
    insert into reads (study_id, reader_id, worklist_id, item_id, revision, labels, comment, flagged, blind,
      active_ms, idempotency_key)
    values (${held.studyId}, ${readerId}, ${held.worklistId}, ${held.item},
      coalesce((select max(revision) from earlier), 0) + 1, ${read.labels}, ${read.comment}, ${read.flagged},
      -- Who took this very read back has seen what was revealed after it.
      ${held.blind} and not exists (select from earlier where item_id = ${held.item}),
      ${read.activeMs}, ${read.key})
    returning id, revision`);
  if (!row) throw new Error("the read was not inserted");
  return { id: Number(row.id), revision: row.revision };
}
