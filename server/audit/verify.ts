import { sql } from "drizzle-orm";
import { type Database, database } from "@/server/db/client";
import type { TrailCheck, TrailPlace, TrailStep } from "./schema";

/** The hash before the first row (migration `audit_chain`). */
const origin = "0".repeat(64);
/** Rows per statement: under a second each, so that no statement meets its time limit. */
const rowsPerStatement = 50_000;

type Stretch = {
  rows: number;
  last_hash: string | null;
  broken_id: string | null;
  broken_at: string | null;
  reason: string | null;
};

/**
 * Walks the whole chain in the database, a stretch of rows at a time: every row's hash must fit its content, name the
 * hash before it, and no number may be missing. Memory stays the same however long the trail is. Rows cut off at the
 * very end leave no gap: compare `head` with the one kept outside (each backup has it).
 * @param progress is told the rows done and the highest number of the trail
 * @param stretch rows looked at by one statement
 */
export async function verifyTrail(
  progress: (done: number, total: number) => void = () => {},
  stretch = rowsPerStatement,
): Promise<TrailCheck> {
  let step = await verifyStep(beginning, stretch);
  while (step.ok && !step.finished) {
    progress(step.rows, step.total);
    step = await verifyStep(step, stretch);
  }
  return step.ok ? { ok: true, rows: step.rows, head: step.head } : step;
}

/** Where a check begins: no row seen yet. */
export const beginning: TrailPlace = { rows: 0, head: origin };

/** One stretch of `verifyTrail`, from the place that the step before came to. */
export async function verifyStep(from: TrailPlace, stretch = rowsPerStatement): Promise<TrailStep> {
  const db = database();
  // Rows are numbered from 1 without a gap, so as many as hold, so high is the last one's number.
  const found = await checkStretch(db, from.rows, from.head, stretch);
  const rows = from.rows + found.rows;
  if (found.broken_id !== null) {
    const broken = { id: Number(found.broken_id), at: String(found.broken_at), reason: String(found.reason) };
    return { ok: false, rows, broken };
  }
  const [end] = await db.execute<{ id: string | null }>(sql`select max(id) as id from audit_log`);
  const total = Number(end?.id ?? 0);
  return { ok: true, rows, head: found.last_hash ?? from.head, total, finished: found.rows === 0 };
}

/** Checks up to `stretch` rows after `lastId`; `rows` counts those before the first broken one. */
async function checkStretch(db: Database, lastId: number, head: string, stretch: number): Promise<Stretch> {
  const [found] = await db.execute<Stretch>(sql`
    with part as materialized (
      select id, at, hash, previous_hash, audit_row_hash(previous_hash, entry) as computed,
        lag(hash, 1, ${head}::text) over (order by id) as hash_before,
        lag(id, 1, ${lastId}::bigint) over (order by id) as id_before
      from audit_log entry where id > ${lastId}::bigint order by id limit ${stretch}),
    judged as (
      select id, at, hash, case
        when id <> id_before + 1 then 'rows are missing before it'
        when previous_hash <> hash_before then 'it does not name the row before it'
        when hash <> computed then 'its content was changed' end as reason
      from part),
    broken as (select id, at, reason from judged where reason is not null order by id limit 1)
    select (select count(*)::int from judged where id < coalesce((select id from broken), 9223372036854775807)) as rows,
      (select hash from judged order by id desc limit 1) as last_hash,
      (select id from broken) as broken_id,
      (select to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from broken) as broken_at,
      (select reason from broken) as reason`);
  if (!found) throw new Error("the trail could not be read");
  return found;
}
