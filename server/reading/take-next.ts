import { sql } from "drizzle-orm";
import type { Actor } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import { type Database, database } from "@/server/db/client";
import { fail, ok, type Result } from "@/server/lib/errors";
import { findWorklist } from "./find";
import { asReader, takeLease } from "./lease";
import { roomStudy } from "./room-study";
import { type Taken, takeInput } from "./schema";

/** Studies whose films are named for fetching ahead. */
const studiesAhead = 3;

/**
 * Gives the reader a study to read: the one she holds, else the next that is free, for ten minutes. `study` is
 * null when nothing is left for her or the worklist is not open. Errors: not-found, forbidden (not a person).
 */
export async function takeNext(actor: Actor, input: { worklist: number }): Promise<Result<Taken>> {
  const reader = asReader(actor);
  if (!reader.ok) return reader;
  const lease = await holdNext(actor, input);
  if (!lease.ok) return lease;
  if (!lease.value) return ok({ study: null, upcoming: [] });
  const db = database();
  const readerId = reader.value.userId;
  const [study, upcoming] = await Promise.all([
    roomStudy(db, { ...lease.value, readerId }),
    filmsAhead(db, input.worklist, readerId),
  ]);
  return ok({ study, upcoming });
}

const holdNext = command({
  name: "reading.take",
  permission: "reading.read",
  input: takeInput,
  async run({ tx, actor, input, audit }) {
    const reader = asReader(actor);
    if (!reader.ok) return reader;
    const lease = await takeLease(tx, input.worklist, reader.value.userId);
    if (!lease && !(await findWorklist(tx, input.worklist)).ok) {
      return fail("not-found", "There is no such worklist.");
    }
    const detail = { worklist: input.worklist };
    if (lease) {
      const action = lease.resumed ? "study.resumed" : "study.taken";
      audit({ action, object: { type: "worklist-item", id: lease.item }, detail });
    } else {
      audit({ action: "worklist.ended", object: { type: "worklist", id: input.worklist } });
    }
    return ok(lease);
  },
});

/** Films of the studies that are likely next; each study's first, so that each opens at once. */
async function filmsAhead(db: Database, worklistId: number, readerId: number): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select film.id from (
      select i.study_id, i.position, i.returned from worklist_items i
      where i.worklist_id = ${worklistId} and i.open
        and i.position > coalesce((select position from assignments
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
