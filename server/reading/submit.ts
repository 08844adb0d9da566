import { sql } from "drizzle-orm";
import type { Actor } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import { database, type Transaction } from "@/server/db/client";
import type { SettledLabel } from "@/server/labels/current-labels";
import { type Finding, offered, recentVocabulary } from "@/server/labels/vocabulary";
import { fail, ok, type Result } from "@/server/lib/errors";
import { type HeldItem, lockItem, mayFinish } from "./held-item";
import { known } from "./known";
import { asReader } from "./lease";
import { regionsOnFilms } from "./regions";
import { contradictions, wholeRead } from "./rules";
import { type Region, type SubmitInput, type Submitted, submitInput } from "./schema";

/**
 * Submits a read: a new revision, the study's current label and its images', the item's count, in one
 * transaction; then tells what was kept from a blind reader. The same key again answers the same and does
 * nothing. Errors: conflict (the lease was lost and the place is taken, or it was ended in another window; the
 * detail names the state), invalid (contradictory and not confirmed; the detail lists how; a region that lies on
 * none of the study's films), not-found.
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
    const findings = await recentVocabulary(tx, input.labels.length);
    const labels = wholeRead(input.labels, findings.length);
    if (labels === null) return fail("invalid", `There are ${findings.length} findings, and more labels.`);
    const drawn = await regionsOnFilms(tx, held.studyId, labels, input.regions);
    if (!drawn.ok) return drawn;
    const meant = input.confirmed ? ok(null) : withoutContradiction(labels, offered(findings));
    if (!meant.ok) return meant;
    const allowed = mayFinish(held);
    const read = allowed.ok
      ? await insertRead(tx, held, { ...input, labels }, allowed.value.placeKept)
      : null;
    if (!read) {
      const repeated = await readOfKey(tx, input.key, userId);
      if (!repeated.ok) return allowed.ok ? repeated : allowed;
      const { id, ...answer } = repeated.value;
      audit({ action: "read.repeated", object: { type: "read", id } });
      return ok({ ...answer, item: input.item, studyId: held.studyId, repeated: true });
    }
    const { id, revision, settled } = read;
    audit({
      action: "read.submitted",
      object: { type: "read", id },
      after: { labels, revision, flagged: input.flagged, regions: input.regions },
      detail: {
        study: held.studyId,
        worklist: held.worklistId,
        current: settled.labels,
        origin: settled.origin,
      },
    });
    return ok({ item: input.item, studyId: held.studyId, labels, revision, repeated: false });
  },
});

/** The reader's own read under this key. Errors: conflict, also where the key is somebody else's. */
async function readOfKey(tx: Transaction, key: string, readerId: number) {
  const [row] = await tx.execute<{ id: string; revision: number; labels: string }>(sql`
    select id, revision, labels from reads where idempotency_key = ${key} and reader_id = ${readerId}`);
  return row
    ? ok({ ...row, id: Number(row.id) })
    : fail("conflict", "This key was used already; send a new one.");
}

function withoutContradiction(labels: string, findings: readonly Finding[]): Result<null> {
  const found = contradictions(labels, findings);
  const [first] = found;
  if (!first) return ok(null);
  return fail("invalid", `${first.text}. Submit again if you mean it.`, { contradictions: found });
}

type NewRead = {
  readonly labels: string;
  readonly comment: string;
  readonly flagged: boolean;
  readonly regions: readonly Region[];
  readonly activeMs: number;
  readonly key: string;
};
type Inserted = { readonly id: number; readonly revision: number; readonly settled: SettledLabel };

/** Revision, assignment, the item's counts and the study's labels, in one statement; null for a used key. */
async function insertRead(
  tx: Transaction,
  held: HeldItem,
  { key, labels, comment, flagged, regions, activeMs }: NewRead,
  placeKept: boolean,
): Promise<Inserted | null> {
  const [row] = await tx.execute<{ read_id: string; revision: number } & SettledLabel>(sql`
    select * from insert_read(${held.assignment}, ${placeKept}, ${key}, ${labels}, ${comment}, ${flagged},
      ${activeMs}, ${JSON.stringify(regions)}::jsonb)`);
  if (!row) return null;
  const { read_id, revision, ...settled } = row;
  return { id: Number(read_id), revision, settled };
}
