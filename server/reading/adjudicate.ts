import { sql } from "drizzle-orm";
import { command } from "@/server/auth/command";
import type { Transaction } from "@/server/db/client";
import { settleLabels } from "@/server/labels/current-labels";
import { offered, recentVocabulary } from "@/server/labels/vocabulary";
import { fail, ok, type Result } from "@/server/lib/errors";
import { readBy, standingReadIds, standingReads } from "./adjudication-cases";
import { type Adjudicated, type AdjudicateInput, adjudicateInput } from "./adjudication-schema";
import { readYourself } from "./adjudication-take";
import { asReader } from "./lease";
import { regionsOnFilms } from "./regions";
import { contradictions, wholeRead } from "./rules";

/**
 * Settles a disagreement: a read of kind adjudication beside all others, which the study's current label then
 * follows. The same key again answers the same and does nothing. Errors: forbidden (who has read the study),
 * conflict (another adjudicator has it or has settled it, or a read was added, changed or taken back since it was
 * looked at; the detail names the state), invalid (contradictory and not confirmed; a region that lies on
 * none of the study's films, or whose finding the decision denies), not-found.
 */
export const adjudicate = command({
  name: "adjudication.submit",
  permission: "reading.adjudicate",
  input: adjudicateInput,
  async run({ tx, actor, input, audit }) {
    const person = asReader(actor);
    if (!person.ok) return person;
    const { userId } = person.value;
    const locked = await lockCase(tx, input.item);
    if (!locked) return fail("not-found", "There is no such study in a worklist.");
    const repeated = await decisionOfKey(tx, input.key, userId);
    if (repeated) {
      audit({ action: "adjudication.repeated", object: { type: "read", id: repeated.id } });
      return ok<Adjudicated>({ item: input.item, labels: repeated.labels, repeated: true });
    }
    const allowed = await mayDecide(tx, locked, input.reads, userId);
    if (!allowed.ok) return allowed;
    const findings = await recentVocabulary(tx, input.labels.length);
    const labels = wholeRead(input.labels, findings.length);
    if (labels === null) return fail("invalid", `There are ${findings.length} findings, and more labels.`);
    const drawn = await regionsOnFilms(tx, locked.studyId, labels, input.regions);
    if (!drawn.ok) return drawn;
    const clashes = input.confirmed ? [] : contradictions(labels, offered(findings));
    if (clashes[0]) {
      return fail("invalid", `${clashes[0].text}. Submit again if you mean it.`, { contradictions: clashes });
    }
    const read = await insertDecision(tx, locked, userId, { ...input, labels });
    const settled = await settleLabels(tx, locked.studyId);
    audit({
      action: "read.adjudicated",
      object: { type: "read", id: read },
      after: { labels, regions: input.regions },
      detail: {
        study: locked.studyId,
        worklist: locked.worklistId,
        between: input.reads,
        current: settled.labels,
      },
    });
    return ok<Adjudicated>({ item: input.item, labels, repeated: false });
  },
});

export type LockedCase = { readonly item: number; readonly studyId: number; readonly worklistId: number };

/** The item and its study, locked until the transaction ends. */
export async function lockCase(tx: Transaction, item: number): Promise<LockedCase | null> {
  const [row] = await tx.execute<{ study: string; worklist: string }>(sql`
    select s.id as study, i.worklist_id as worklist from worklist_items i join studies s on s.id = i.study_id
    where i.id = ${item} for update of i, s`);
  return row ? { item, studyId: Number(row.study), worklistId: Number(row.worklist) } : null;
}

async function decisionOfKey(tx: Transaction, key: string, person: number) {
  const [row] = await tx.execute<{ id: string; labels: string }>(sql`
    select id, labels from reads where idempotency_key = ${key} and reader_id = ${person} and kind = 'adjudication'`);
  return row ? { id: Number(row.id), labels: row.labels } : null;
}

async function mayDecide(
  tx: Transaction,
  { item, studyId }: LockedCase,
  looked: readonly number[],
  person: number,
): Promise<Result<null>> {
  const study = sql`${studyId}::bigint`;
  const [row] = await tx.execute<{ own: boolean; settled: boolean; elsewhere: boolean; had: boolean }>(sql`
    select ${readBy(person, study)} as own,
      exists (select from ${standingReads(study, "adjudication")}) as settled,
      exists (select from adjudication_leases where item_id = ${item} and adjudicator_id <> ${person}
        and lease_expires_at > now()) as elsewhere,
      exists (select from adjudication_leases where item_id = ${item} and adjudicator_id = ${person}) as had`);
  if (row?.own) return fail("forbidden", readYourself);
  if (row?.settled)
    return fail("conflict", "This disagreement has been settled meanwhile.", { state: "settled" });
  if (row?.elsewhere) {
    const message = "Your time had run out, and another adjudicator has this study in hand now.";
    return fail("conflict", message, { state: "taken" });
  }
  // Whoever never had it learns nothing of it.
  if (!row?.had) return fail("not-found", "You do not have this study in hand.");
  const standing = await standingReadIds(tx, studyId);
  const same = standing.length === looked.length && standing.every((id) => looked.includes(id));
  return same
    ? ok(null)
    : fail("conflict", "A read of this study has changed since you opened it. Look at it again.", {
        state: "changed",
      });
}

async function insertDecision(
  tx: Transaction,
  { item, studyId, worklistId }: LockedCase,
  person: number,
  { key, labels, comment = "", regions = [], activeMs = 0 }: AdjudicateInput,
): Promise<number> {
  const [row] = await tx.execute<{ id: string }>(sql`
    with before as (
      update reads set current = false
      where study_id = ${studyId} and reader_id = ${person} and current and kind = 'adjudication'
    ), done as (delete from adjudication_leases where item_id = ${item})
    insert into reads (study_id, reader_id, worklist_id, item_id, revision, kind, labels, comment, regions, blind,
      active_ms, idempotency_key)
    select ${studyId}, ${person}, ${worklistId}, ${item}, coalesce(max(revision), 0) + 1, 'adjudication', ${labels},
      ${comment}, ${JSON.stringify(regions)}::jsonb, false, ${activeMs}, ${key}
    from reads where study_id = ${studyId} and reader_id = ${person}
    returning id`);
  return Number(row?.id);
}
