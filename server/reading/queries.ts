import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type Actor, may } from "@/server/auth/actor";
import { query } from "@/server/auth/command";
import type { Database } from "@/server/db/client";
import { offered, vocabulary } from "@/server/labels/vocabulary";
import { fail, ok, type Result } from "@/server/lib/errors";
import { disagreements, readBy } from "./adjudication-cases";
import { chosenReaders, isFor, knownTo, mayReadOf } from "./chosen-readers";
import { findWorklist } from "./find";
import { keyChoicesOf } from "./own-keys";
import {
  type Pace,
  type ReaderProgress,
  type Room,
  type WorklistRow,
  worklistInput,
  worklistReference,
} from "./schema";
import { previewInput } from "./worklist-input";
import { worklistSource } from "./worklist-source";

/**
 * Worklists, urgent ones first and the newest of equals, a page at a time, with how far each has come. Readers see
 * those that are for them.
 */
export const listWorklists = query({
  name: "worklist.list",
  permission: "worklists.view",
  input: z.object({ before: z.int().positive().optional(), limit: z.int().min(1).max(200).default(50) }),
  async run({ db, actor, input }) {
    const where =
      input.before === undefined
        ? sql`true`
        : sql`(w.priority, w.id) < (select priority, id from worklists where id = ${input.before})`;
    const rows = await rowsOf(db, actor, where, input.limit + 1);
    const page = rows.slice(0, input.limit);
    return ok({ rows: page, next: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null });
  },
});

/**
 * How far a worklist has come. `read` are studies with every read that they want, `left` those that still want
 * one, `skipped` neither. Readers by reads; medians count active time only. Errors: not-found.
 */
export const showWorklist = query({
  name: "worklist.show",
  permission: "worklists.view",
  input: worklistReference,
  async run({ db, actor, input }) {
    const found = await findWorklist(db, input.worklist);
    if (!found.ok) return found;
    const { id } = found.value;
    const [[row], readers] = await Promise.all([
      rowsOf(db, actor, sql`w.id = ${id}`, 1),
      readersOf(db, id, may(actor, "worklists.manage") ? null : actor),
    ]);
    if (!row) return fail("not-found", "There is no such worklist.");
    const query = row.kind === null ? null : found.value.query;
    const chosen = await chosenReaders(db, id);
    return ok({ ...row, query, progress: readers, chosen });
  },
});

/** The worklist, the vocabulary and the reader's keys, for the reading room. Errors: not-found. */
export const readingRoom = query({
  name: "reading.room",
  permission: "reading.read",
  input: worklistInput,
  async run({ db, actor, input }) {
    const mine = await mayReadOf(db, actor, input.worklist);
    return mine.ok ? roomOf(db, actor, input.worklist) : mine;
  },
});

/** The same for who decides between the readers, whoever was chosen to read. Errors: not-found. */
export const adjudicationRoom = query({
  name: "adjudication.room",
  permission: "reading.adjudicate",
  input: worklistInput,
  run: ({ db, actor, input }) => roomOf(db, actor, input.worklist),
});

async function roomOf(db: Database, actor: Actor, worklist: number): Promise<Result<Room>> {
  const found = await findWorklist(db, worklist);
  if (!found.ok) return fail("not-found", "There is no such worklist.");
  const { id, name, blind, studies } = found.value;
  const [findings, choices] = await Promise.all([vocabulary().then(offered), keyChoicesOf(db, actor)]);
  return ok({ worklist: { id, name, blind, studies }, findings, choices });
}

/** The line at the foot of the reading room: what is left for me, and my own pace. Errors: not-found. */
export const myProgress = query({
  name: "reading.progress",
  permission: "reading.read",
  input: worklistInput,
  async run({ db, actor, input }) {
    const found = await findWorklist(db, input.worklist);
    if (!found.ok) return fail("not-found", "There is no such worklist.");
    const worklist = sql`${input.worklist}::bigint`;
    const { studies } = found.value;
    const [[left], [mine]] = await Promise.all([
      db.execute<{ count: number }>(sql`
        select ${leftFor(actor, worklist, { wanting: sql`wanting`, studies: sql`${studies}::int` })} as count
        from (select ${unread(worklist)} - ${skipped(worklist)} as wanting offset 0) counted`),
      readersOf(db, input.worklist, actor),
    ]);
    const { reads = 0, medianSeconds = null } = mine ?? {};
    return ok<Pace>({ leftForMe: left?.count ?? 0, reads, medianSeconds });
  },
});

/** How many studies a query gives now. Errors: as `createWorklist`. */
export const previewWorklist = query({
  name: "worklist.preview",
  permission: "worklists.manage",
  input: previewInput,
  async run({ db, input }) {
    const source = await worklistSource(db, input);
    if (!source.ok) return source;
    const [row] = await db.execute<{ studies: number }>(sql`
      select count(*)::int as studies from (${source.value.select}) as source`);
    return ok({ studies: row?.studies ?? 0 });
  },
});

type Row = Omit<WorklistRow, "id" | "createdAt"> & { id: string; createdAt: string };

async function rowsOf(db: Database, actor: Actor, where: SQL, limit: number): Promise<WorklistRow[]> {
  const worklist = sql`w.id`;
  const rows = await db.execute<Row>(sql`
    select w.id, w.name, w.kind, w.status, w.blind, w.reads_wanted as "readsWanted", w.created_by as "createdBy",
      w.created_at as "createdAt", w.priority, w.due_on as "dueOn",
      w.studies, w.studies - unread as read, unread - aside as left, aside as skipped,
      (select count(*)::int from worklist_items where worklist_id = w.id and flagged) as flagged,
      (select count(*)::int from users u where exists (
        select from reads r where r.worklist_id = w.id and r.reader_id = u.id and r.kind = 'read')) as readers,
      case when ${isFor(actor)} then ${leftFor(actor, worklist, { wanting: sql`unread - aside`, studies: sql`w.studies` })}
        else 0 end as "leftForMe",
      ${casesFor(actor, worklist)} as "toAdjudicate"
    from (
      select * from worklists w where ${where} and ${knownTo(actor)} order by priority desc, id desc limit ${limit}
    ) w
    -- Without the offset each use of a count would count anew.
    cross join lateral (select ${unread(worklist)} as unread, ${skipped(worklist)} as aside offset 0) counted
    order by w.priority desc, w.id desc`);
  const manages = may(actor, "worklists.manage");
  return rows.map((row) => ({
    ...row,
    id: Number(row.id),
    createdAt: new Date(row.createdAt),
    kind: manages || !row.blind ? row.kind : null,
  }));
}

/** Studies that still want a read. */
function unread(worklist: SQL): SQL {
  return sql`(select count(*)::int from worklist_items i
    where i.worklist_id = ${worklist} and i.reads_done < i.reads_wanted)`;
}

/** Those of them that nobody gets before they are sent back. */
function skipped(worklist: SQL): SQL {
  return sql`(select count(*)::int from worklist_items i
    where i.worklist_id = ${worklist} and i.skipped and i.reads_done < i.reads_wanted)`;
}

/** How many disagreements of a worklist a person may decide: those of studies that she has not read herself. */
function casesFor(actor: Actor, worklist: SQL): SQL {
  if (!may(actor, "reading.adjudicate")) return sql`0`;
  const own = actor.kind === "person" ? readBy(actor.userId, sql`i.study_id`) : sql`false`;
  return sql`(select count(*)::int from ${disagreements} where i.worklist_id = ${worklist} and not ${own})`;
}

/**
 * How many studies of a worklist are left for a person: what is open but for what she dealt with or adjudicated,
 * and what she holds.
 * @param length `wanting` are the studies that want a read and are not skipped; open are all but those whose last
 *   places are taken, and these somebody holds. `studies` are all
 */
function leftFor(actor: Actor, worklist: SQL, { wanting, studies }: { wanting: SQL; studies: SQL }): SQL {
  const me = actor.kind === "person" ? actor.userId : 0;
  const held = sql`assignments a join worklist_items i on i.id = a.item_id
    where a.worklist_id = ${worklist} and a.status = 'leased' and not i.open`;
  return sql`(
    ${wanting}
    - (select count(distinct i.id)::int from ${held} and i.reads_done < i.reads_wanted and not i.skipped)
    - ${openThoughDealtWith(worklist, me, sql`2 * (${wanting}) > ${studies}`)}
    + (select count(*)::int from ${held} and a.reader_id = ${me})
    - (select count(*)::int from reads r join worklist_items i on i.study_id = r.study_id
      where r.reader_id = ${me} and r.kind = 'adjudication' and r.current and not r.withdrawn
        and i.worklist_id = ${worklist} and i.open)
    - (select count(*)::int from worklist_items i
      where i.worklist_id = ${worklist} and i.open and i.known_labels is not null and exists (
        select from reads r where r.study_id = i.study_id and r.reader_id = ${me} and r.kind = 'read'
          and r.current and not r.withdrawn and r.item_id is distinct from i.id)
      and not exists (select from assignments a where a.item_id = i.id and a.reader_id = ${me}
        and a.status in ('submitted', 'skipped'))))`;
}

/**
 * How many open studies of a worklist a reader has dealt with. One who is far ahead has dealt with 223,414 that
 * are open still: those that are not open are counted instead, and taken from all that she has dealt with.
 */
function openThoughDealtWith(worklist: SQL, reader: number, mostAreOpen: SQL): SQL {
  const mine = sql`a.worklist_id = ${worklist} and a.reader_id = ${reader} and a.status in ('submitted', 'skipped')`;
  const ofMine = (
    items: SQL,
  ) => sql`(select count(*)::int from worklist_items i join assignments a on a.item_id = i.id
    where i.worklist_id = ${worklist} and ${items} and ${mine})`;
  return sql`case when ${mostAreOpen}
    then (select count(*)::int from assignments a where ${mine}) - ${ofMine(sql`not i.open`)}
    else ${ofMine(sql`i.open`)} end`;
}

/** Reads that stand, per reader; `only` one reader where others are not the actor's business. */
async function readersOf(db: Database, worklistId: number, only: Actor | null): Promise<ReaderProgress[]> {
  const me = only?.kind === "person" ? only.userId : 0;
  return db.execute<ReaderProgress>(sql`
    select u.email as reader, u.name, count(*)::int as reads,
      round((percentile_cont(0.5) within group (order by r.active_ms))::numeric / 1000, 1)::float8 as "medianSeconds"
    from reads r join users u on u.id = r.reader_id
    where r.worklist_id = ${worklistId} and r.kind = 'read' and r.current and not r.withdrawn
      and ${only === null ? sql`true` : sql`r.reader_id = ${me}`}
    group by u.id order by reads desc, u.email`);
}
