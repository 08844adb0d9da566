import { sql } from "drizzle-orm";
import type { Actor } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import { type Database, database } from "@/server/db/client";
import { fail, ok, type Result } from "@/server/lib/errors";
import { mayReadOf } from "./chosen-readers";
import { findWorklist } from "./find";
import { asReader, type Lease, takeLeases } from "./lease";
import { roomStudy } from "./room-study";
import { type TakeInput, type Taken, takeInput, type WorklistStatus } from "./schema";

/** Studies whose films are named for fetching ahead. */
const studiesAhead = 3;

/**
 * Gives the reader a study to read: the one she holds, else the next that is free, for ten minutes; and with
 * `ahead` those after it, too, as long as enough is left for others. `study` is null when nothing is left for her
 * or the worklist is not open. Errors: not-found, forbidden (not a person).
 */
export async function takeNext(actor: Actor, input: TakeInput): Promise<Result<Taken>> {
  const reader = asReader(actor);
  if (!reader.ok) return reader;
  const leases = await holdNext(actor, input);
  if (!leases.ok) return leases;
  const { held, status } = leases.value;
  const [first, ...others] = held;
  if (!first) return ok({ study: null, held: [], next: [], upcoming: [], status });
  const db = database();
  const readerId = reader.value.userId;
  const wanted = others.filter(({ item }) => !input.have?.includes(item));
  const [study, next, upcoming] = await Promise.all([
    roomStudy(db, { ...first, readerId }),
    Promise.all(wanted.map((lease) => roomStudy(db, { ...lease, readerId }))),
    filmsAhead(db, input.worklist, readerId),
  ]);
  return ok({ study, held: held.map(({ item }) => item), next, upcoming });
}

type Hand = { readonly held: readonly Lease[]; readonly status?: WorklistStatus };

const holdNext = command({
  name: "reading.take",
  permission: "reading.read",
  input: takeInput,
  async run({ tx, actor, input, audit }): Promise<Result<Hand>> {
    const reader = asReader(actor);
    if (!reader.ok) return reader;
    const mine = await mayReadOf(tx, actor, input.worklist);
    if (!mine.ok) return mine;
    const held = await takeLeases(tx, input.worklist, reader.value.userId, 1 + input.ahead);
    const [first] = held;
    if (!first) {
      const worklist = await findWorklist(tx, input.worklist);
      if (!worklist.ok) return fail("not-found", "There is no such worklist.");
      audit({ action: "worklist.ended", object: { type: "worklist", id: input.worklist } });
      return ok({ held, status: worklist.value.status });
    }
    const detail = { worklist: input.worklist };
    const note = (action: string, { item }: Lease) =>
      audit({ action, object: { type: "worklist-item", id: item }, detail });
    const fresh = held.filter(({ resumed }) => !resumed);
    for (const lease of fresh) note("study.taken", lease);
    if (fresh.length === 0) note("study.resumed", first);
    return ok({ held });
  },
});

/** Films of the studies that are likely next; each study's first, so that each opens at once. */
async function filmsAhead(db: Database, worklistId: number, readerId: number): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select film.id from (
      select i.study_id, i.position, i.returned from worklist_items i
      where i.worklist_id = ${worklistId} and i.open
        and i.position > coalesce((select max(position) from assignments
          where worklist_id = ${worklistId} and reader_id = ${readerId} and status = 'leased'), 0)
        and not exists (select from assignments a where a.item_id = i.id and a.reader_id = ${readerId}
          and a.status in ('submitted', 'skipped'))
      order by i.position limit ${studiesAhead}
    ) next
    cross join lateral (
      select id from images where study_id = next.study_id and film_here order by id limit 1
    ) film
    order by next.position`);
  return rows.map(({ id }) => Number(id));
}
