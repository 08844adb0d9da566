import { eq, sql } from "drizzle-orm";
import { command } from "@/server/auth/command";
import type { Transaction } from "@/server/db/client";
import { worklists } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";
import { chooseReaders } from "./chosen-readers";
import { findWorklist, type WorklistRecord } from "./find";
import { editWorklistInput } from "./worklist-input";

/**
 * Changes what is named of a worklist and leaves the rest: its name, reads wanted, readers, due date, priority,
 * blind or open. Studies and reads stay; with fewer reads wanted nobody's read is lost. Errors: not-found, conflict
 * (the name is taken; it would become blind after somebody saw its labels), invalid (a reader).
 */
export const editWorklist = command({
  name: "worklist.edit",
  permission: "worklists.manage",
  input: editWorklistInput,
  async run({ tx, input, audit }) {
    const { worklist: reference, readers, ...change } = input;
    const found = await findWorklist(tx, reference);
    if (!found.ok) return found;
    const { id } = found.value;
    // Two who edit at once: the second compares with what the first left.
    await tx.execute(sql`select from worklists where id = ${id} for update`);
    const [now] = await tx.select().from(worklists).where(eq(worklists.id, id));
    if (!now) return fail("not-found", `There is no worklist ${reference}.`);
    const name = await freeName(tx, now, change.name);
    if (!name.ok) return name;
    const blind = await mayBeBlind(tx, now, change.blind);
    if (!blind.ok) return blind;
    const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    if (Object.keys(named).length > 0) await tx.update(worklists).set(named).where(eq(worklists.id, id));
    if (change.readsWanted !== undefined) await wantReads(tx, now, change.readsWanted);
    const before = await readersOf(tx, id);
    if (readers !== undefined) {
      const chosen = await chooseReaders(tx, id, readers);
      if (!chosen.ok) return chosen;
    }
    audit({
      action: "worklist.edited",
      object: { type: "worklist", id },
      before: { ...pick(now, Object.keys(named)), ...(readers === undefined ? {} : { readers: before }) },
      after: { ...named, ...(readers === undefined ? {} : { readers }) },
    });
    return ok({ id, name: change.name ?? now.name });
  },
});

async function freeName(
  tx: Transaction,
  now: WorklistRecord,
  name: string | undefined,
): Promise<Result<null>> {
  if (name === undefined || name === now.name) return ok(null);
  const taken = await findWorklist(tx, name);
  return taken.ok ? fail("conflict", `There is a worklist ${name} already.`) : ok(null);
}

/** Whoever was shown a study's labels does not become blind to it. */
async function mayBeBlind(
  tx: Transaction,
  now: WorklistRecord,
  blind: boolean | undefined,
): Promise<Result<null>> {
  if (blind !== true || now.blind) return ok(null);
  const [row] = await tx.execute<{ seen: number }>(sql`
    select count(*)::int as seen from assignments where worklist_id = ${now.id}`);
  if (!row?.seen) return ok(null);
  return fail(
    "conflict",
    "Readers have seen labels of this list already. Make a new, blind one of its studies.",
  );
}

/** Every study's wish moves by as much, but never below what is taken of it. */
async function wantReads(
  tx: Transaction,
  { id, readsWanted }: WorklistRecord,
  wanted: number,
): Promise<void> {
  if (wanted === readsWanted) return;
  await tx.execute(sql`
    update worklist_items set reads_wanted = greatest(reads_wanted + ${wanted - readsWanted}::int, taken, 1)
    where worklist_id = ${id}`);
}

async function readersOf(tx: Transaction, worklistId: number): Promise<number[]> {
  const rows = await tx.execute<{ user_id: string }>(sql`
    select user_id from worklist_readers where worklist_id = ${worklistId} order by user_id`);
  return rows.map(({ user_id }) => Number(user_id));
}

function pick(now: WorklistRecord, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(now).filter(([key]) => keys.includes(key)));
}
