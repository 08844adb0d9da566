import { sql } from "drizzle-orm";
import type { Actor } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import { database, type Transaction } from "@/server/db/client";
import { fail, ok, type Result } from "@/server/lib/errors";
import { filmsOfItem, openCases, readsOfStudy } from "./adjudication-cases";
import { nextCase, type OpenCase } from "./adjudication-rules";
import { type CaseCounts, type CaseDraft, type CaseTaken, takeCaseInput } from "./adjudication-schema";
import { findWorklist } from "./find";
import { asReader, leaseEnd } from "./lease";
import { roomStudy } from "./room-study";

type TakeInput = { worklist: number; item?: number; after?: number };

/**
 * Gives an adjudicator a study whose readers disagree: the one in hand, else the next that is free, for ten
 * minutes; nobody else gets it meanwhile, and never one that she has read herself. Errors: not-found, forbidden
 * (not a person; a case asked for by number that she has read), conflict (it is in other hands, or settled).
 */
export async function takeCase(actor: Actor, input: TakeInput): Promise<Result<CaseTaken>> {
  const person = asReader(actor);
  if (!person.ok) return person;
  const lease = await holdCase(actor, input);
  if (!lease.ok) return lease;
  const { held, next, ...counts } = lease.value;
  if (!held) return ok({ ...counts, taken: null, upcoming: [] });
  const db = database();
  const { item, studyId, position, draft } = held;
  const [study, upcoming] = await Promise.all([
    roomStudy(db, { item, draft: null, readerId: person.value.userId }),
    next === null ? [] : filmsOfItem(db, next),
  ]);
  const reads = await readsOfStudy(db, studyId, study.blind);
  // What the source and models say is no side; in an open list she may lay over a film what a reader may.
  const shown = { ...study, known: null, draft: null };
  return ok({ ...counts, upcoming, taken: { position, reads, draft, study: shown } });
}

type Lease = CaseCounts & { held: Held | null; next: number | null };
type Held = { item: number; studyId: number; position: number; draft: CaseDraft | null };

const holdCase = command({
  name: "adjudication.take",
  permission: "reading.adjudicate",
  input: takeCaseInput,
  async run({ tx, actor, input, audit }) {
    const person = asReader(actor);
    if (!person.ok) return person;
    const { userId } = person.value;
    const found = await findWorklist(tx, input.worklist);
    if (!found.ok) return found;
    // Adjudicators of a worklist take turns; a statement of its own, so that the next one sees what was waited for.
    await tx.execute(sql`
      select pg_advisory_xact_lock(hashtextextended('adjudication', ${input.worklist}::bigint))`);
    const cases = await openCases(tx, input.worklist, userId);
    const counts = countsOf(cases);
    const chosen = input.item === undefined ? ok(nextCase(cases, input.after)) : named(cases, input.item);
    if (!chosen.ok) return chosen;
    await letGo(tx, input.worklist, userId, chosen.value?.item ?? 0);
    if (!chosen.value) {
      audit({ action: "adjudications.ended", object: { type: "worklist", id: input.worklist } });
      return ok<Lease>({ ...counts, held: null, next: null });
    }
    const { item, position, standing } = chosen.value;
    const { studyId, draft } = await lease(tx, item, userId);
    audit({
      action: standing === "mine" ? "adjudication.resumed" : "adjudication.taken",
      object: { type: "worklist-item", id: item },
      detail: { worklist: input.worklist },
    });
    const following = nextCase(
      cases.filter((one) => one.item !== item),
      position,
    );
    return ok<Lease>({ ...counts, held: { item, studyId, position, draft }, next: following?.item ?? null });
  },
});

function named(cases: readonly OpenCase[], item: number): Result<OpenCase> {
  const found = cases.find((one) => one.item === item);
  if (!found) return fail("conflict", "This disagreement is settled, or its reads are not all in.");
  if (found.standing === "own") return fail("forbidden", readYourself);
  if (found.standing === "elsewhere") return fail("conflict", "Another adjudicator has this study in hand.");
  return ok(found);
}

export const readYourself = "You have read this study yourself: somebody else has to adjudicate it.";

function countsOf(cases: readonly OpenCase[]): CaseCounts {
  const count = (...standings: readonly OpenCase["standing"][]) =>
    cases.filter(({ standing }) => standings.includes(standing)).length;
  return { left: count("mine", "free"), elsewhere: count("elsewhere"), own: count("own") };
}

/** One case in hand at a time; what was typed of another is kept with it. */
async function letGo(tx: Transaction, worklistId: number, person: number, but: number): Promise<void> {
  await tx.execute(sql`
    update adjudication_leases l set lease_expires_at = now() from worklist_items i
    where i.id = l.item_id and i.worklist_id = ${worklistId} and l.adjudicator_id = ${person}
      and l.item_id <> ${but} and l.lease_expires_at > now()`);
}

async function lease(
  tx: Transaction,
  item: number,
  person: number,
): Promise<{ studyId: number; draft: CaseDraft | null }> {
  const [row] = await tx.execute<{ study: string; draft: CaseDraft | null }>(sql`
    insert into adjudication_leases as l (item_id, adjudicator_id, lease_expires_at)
    values (${item}, ${person}, ${leaseEnd})
    on conflict (item_id) do update set lease_expires_at = excluded.lease_expires_at,
      draft = case when l.adjudicator_id = excluded.adjudicator_id then l.draft end,
      adjudicator_id = excluded.adjudicator_id
    returning draft, (select study_id from worklist_items where id = l.item_id) as study`);
  if (!row) throw new Error(`no lease of item ${item}`);
  return { studyId: Number(row.study), draft: row.draft };
}
