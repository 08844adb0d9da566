import { asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { type Actor, may } from "@/server/auth/actor";
import { query } from "@/server/auth/command";
import { allows, roles } from "@/server/auth/permissions";
import type { Executor, Transaction } from "@/server/db/client";
import { users, worklistReaders } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";

export type EligibleReader = { readonly id: number; readonly name: string; readonly email: string };

/** Who can be chosen to read a worklist: everybody who reads at all and is not disabled. */
export const eligibleReaders = query({
  name: "worklist.eligible-readers",
  permission: "worklists.manage",
  input: z.object({}),
  async run({ db }) {
    const rows: EligibleReader[] = await db
      .select({ id: users.id, name: users.name, email: users.email })
      .from(users)
      .where(
        sql`${inArray(
          users.role,
          roles.filter((role) => allows(role, "reading.read")),
        )} and ${isNull(users.disabledAt)}`,
      )
      .orderBy(asc(users.name), asc(users.id));
    return ok(rows);
  },
});

/** Who was chosen to read a worklist; nobody where it is for everybody. */
export async function chosenReaders(db: Executor, worklistId: number): Promise<EligibleReader[]> {
  return db
    .select({ id: users.id, name: users.name, email: users.email })
    .from(worklistReaders)
    .innerJoin(users, eq(users.id, worklistReaders.userId))
    .where(eq(worklistReaders.worklistId, worklistId))
    .orderBy(asc(users.name), asc(users.id));
}

/** Whether a worklist `w` is for a person: no readers were chosen, or she is one of them. */
export function isFor(actor: Actor) {
  const me = actor.kind === "person" ? actor.userId : 0;
  return sql`(not exists (select from worklist_readers c where c.worklist_id = w.id)
    or exists (select from worklist_readers c where c.worklist_id = w.id and c.user_id = ${me}))`;
}

/** Errors: forbidden where others were chosen to read the worklist. */
export async function mayReadOf(db: Executor, actor: Actor, worklistId: number): Promise<Result<null>> {
  const [row] = await db.execute<{ mine: boolean }>(sql`
    select ${isFor(actor)} as mine from worklists w where w.id = ${worklistId}`);
  return row?.mine === false ? fail("forbidden", "This worklist is for other readers.") : ok(null);
}

/** What of the worklists a person may know of: who manages sees all, who reads those that she may read. */
export function knownTo(actor: Actor) {
  return may(actor, "worklists.manage") ? sql`true` : isFor(actor);
}

/**
 * Puts these readers in the place of those who were chosen; none opens the worklist to everybody. Who is no longer
 * among them gives back what she holds. Errors: invalid (somebody who cannot read).
 */
export async function chooseReaders(
  tx: Transaction,
  worklistId: number,
  readers: readonly number[],
): Promise<Result<null>> {
  const chosen = [...new Set(readers)];
  const able =
    chosen.length === 0
      ? []
      : await tx
          .select({ id: users.id })
          .from(users)
          .where(sql`${inArray(users.id, chosen)} and ${inArray(
            users.role,
            roles.filter((role) => allows(role, "reading.read")),
          )}
      and ${isNull(users.disabledAt)}`);
  if (able.length < chosen.length)
    return fail("invalid", "One of the readers is not there, disabled, or does not read.");
  await tx.execute(sql`delete from worklist_readers where worklist_id = ${worklistId}`);
  if (chosen.length === 0) return ok(null);
  await tx.insert(worklistReaders).values(chosen.map((userId) => ({ worklistId, userId })));
  await tx.execute(sql`
    with gone as (
      update assignments set status = 'released', lease_expires_at = null
      where worklist_id = ${worklistId} and status = 'leased' and reader_id not in (
        select user_id from worklist_readers where worklist_id = ${worklistId})
      returning item_id
    )
    update worklist_items i set taken = i.taken - 1, returned = true from gone where i.id = gone.item_id`);
  return ok(null);
}
