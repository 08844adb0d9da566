import { eq, sql } from "drizzle-orm";
import { type Actor, actorName } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import type { Transaction } from "@/server/db/client";
import { worklists } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";
import { chooseReaders } from "./chosen-readers";
import { findWorklist, type WorklistRecord } from "./find";
import { mixKnownCasesIn } from "./known-cases";
import { createWorklistInput, fillWorklistInput, statusInput } from "./worklist-input";
import { type WorklistChoice, worklistSource } from "./worklist-source";

/**
 * Makes a worklist of the studies that its query gives now, in its order. Errors: conflict (the name is taken,
 * nothing matches), not-found (dataset, cohort, run, finding), invalid.
 */
export const createWorklist = command({
  name: "worklist.create",
  permission: "worklists.manage",
  input: createWorklistInput,
  async run({ tx, actor, input, audit }) {
    const { knownEvery, readers, readsWanted } = input;
    if (knownEvery !== undefined && !input.blind) {
      return fail(
        "invalid",
        "Known cases say nothing of a reader who is shown the labels: make the list blind.",
      );
    }
    const made = await insertWorklist(tx, actor, { ...input, studies: input });
    if (!made.ok) return made;
    const { worklist, added } = made.value;
    const { id: worklistId, datasetId } = worklist;
    const chosen = await chooseReaders(tx, worklistId, readers);
    if (!chosen.ok) return chosen;
    const mixed =
      knownEvery === undefined
        ? ok({ added: 0 })
        : await mixKnownCasesIn(tx, { every: knownEvery, worklistId, datasetId, readsWanted });
    if (!mixed.ok) return mixed;
    const known = mixed.value.added;
    const { priority, dueOn } = input;
    audit({
      action: "worklist.created",
      object: { type: "worklist", id: worklistId },
      after: { name: worklist.name, query: worklist.query, studies: added, known, priority, dueOn, readers },
    });
    return ok({ id: worklistId, name: worklist.name, studies: added + known, known });
  },
});

/**
 * Adds studies to the end of a worklist; those that stand in it stay where they are. With `create` a worklist
 * that is not there is made. Errors: as `createWorklist`, and not-found for the worklist.
 */
export const fillWorklist = command({
  name: "worklist.fill",
  permission: "worklists.manage",
  input: fillWorklistInput,
  async run({ tx, actor, input, audit }) {
    const found = await findWorklist(tx, input.worklist);
    if (!found.ok && input.create && typeof input.worklist === "string") {
      const made = await insertWorklist(tx, actor, { name: input.worklist, ...input.create, studies: input });
      if (!made.ok) return made;
      const { worklist, added } = made.value;
      audit({
        action: "worklist.created",
        object: { type: "worklist", id: worklist.id },
        after: { name: worklist.name, query: worklist.query, studies: added },
      });
      return ok({ id: worklist.id, name: worklist.name, added, created: true });
    }
    if (!found.ok) return found;
    // Two who fill at once would give the same places.
    await tx.execute(sql`select id from worklists where id = ${found.value.id} for update`);
    const added = await insertItems(tx, found.value, input);
    if (!added.ok) return added;
    const { id, name } = found.value;
    audit({
      action: "worklist.filled",
      object: { type: "worklist", id },
      detail: { added: added.value.added },
    });
    return ok({ id, name, added: added.value.added, created: false });
  },
});

/** Opens, pauses or closes a worklist: only an open one hands out studies. Errors: not-found. */
export const setWorklistStatus = command({
  name: "worklist.status",
  permission: "worklists.manage",
  input: statusInput,
  async run({ tx, input, audit }) {
    const found = await findWorklist(tx, input.worklist);
    if (!found.ok) return found;
    const { id, name, status: before } = found.value;
    await tx.update(worklists).set({ status: input.status }).where(eq(worklists.id, id));
    audit({
      action: "worklist.status-set",
      object: { type: "worklist", id },
      before,
      after: input.status,
    });
    return ok({ id, name, status: input.status });
  },
});

type New = {
  readonly name: string;
  readonly readsWanted: number;
  readonly blind: boolean;
  readonly priority?: number;
  readonly dueOn?: string | null;
  readonly studies: WorklistChoice;
};

async function insertWorklist(
  tx: Transaction,
  actor: Actor,
  { studies, name, readsWanted, blind, priority, dueOn }: New,
): Promise<Result<{ worklist: WorklistRecord; added: number }>> {
  const { kind } = studies.query;
  const [worklist] = await tx
    .insert(worklists)
    .values({ name, kind, query: {}, readsWanted, blind, priority, dueOn, createdBy: actorName(actor) })
    .onConflictDoNothing()
    .returning();
  if (!worklist) return fail("conflict", `There is a worklist ${name} already.`);
  const items = await insertItems(tx, worklist, studies);
  if (!items.ok) return items;
  const { added, query, datasetId } = items.value;
  if (added === 0) return fail("conflict", nothingMatches(studies));
  await tx.update(worklists).set({ query, datasetId }).where(eq(worklists.id, worklist.id));
  return ok({ worklist: { ...worklist, query, datasetId }, added });
}

async function insertItems(tx: Transaction, { id, readsWanted }: WorklistRecord, choice: WorklistChoice) {
  const source = await worklistSource(tx, choice);
  if (!source.ok) return source;
  const [last] = await tx.execute<{ position: number }>(sql`
    select coalesce(max(position), 0)::int as position from worklist_items where worklist_id = ${id}`);
  // Watching for rows that are there takes twice as long; a new worklist has none.
  const unlessThere = last?.position ? sql`on conflict (worklist_id, study_id) do nothing` : sql``;
  const inserted = await tx.execute(sql`
    insert into worklist_items (worklist_id, study_id, position, reads_wanted, reason)
    select ${id}, study_id, ${last?.position ?? 0}::int + place, ${readsWanted}::smallint, reason
    from (${source.value.select}) as source ${unlessThere}`);
  await tx.execute(sql`update worklists set studies = studies + ${inserted.count}::int where id = ${id}`);
  return ok({
    added: inserted.count,
    query: source.value.kept,
    datasetId: source.value.datasetId,
  });
}

function nothingMatches({ query }: WorklistChoice): string {
  if (query.kind === "uncertain-first" && query.minUncertain > 0) {
    return `No study has ${query.minUncertain} or more uncertain findings. Ask for 0 to take all.`;
  }
  return "No study matches: there would be nothing to read.";
}
