import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { command } from "@/server/auth/command";
import type { Transaction } from "@/server/db/client";
import { vocabulary } from "@/server/labels/vocabulary";
import { ok } from "@/server/lib/errors";
import { findWorklist, type WorklistRecord } from "./find";
import { type MatchedRead, matchReads } from "./read-import-match";
import { parseReads, type Rejected } from "./read-import-table";
import { worklistReference } from "./schema";

export const importReadsInput = worklistReference.extend({
  /** The table's text. */
  csv: z.string().max(100_000_000, "A table of reads has at most 100 MB."),
});

/** Rejected rows that the answer names; the count is of all. */
const rejectedShown = 1000;

/**
 * Takes reads that were made elsewhere into a worklist, as its readers' own: they count as reads of its studies,
 * settle the current labels, and keep those readers from being given the same studies again. The same table again
 * changes nothing; another label for the same study and reader makes a new revision. A worklist that asks for
 * fewer reads of a study than the table has gets them all. Errors: not-found (worklist), invalid (the table).
 */
export const importReads = command({
  name: "reads.import",
  permission: "reads.import",
  input: importReadsInput,
  async run({ tx, input, audit }) {
    const found = await findWorklist(tx, input.worklist);
    if (!found.ok) return found;
    const { id, name } = found.value;
    const table = parseReads(input.csv, await vocabulary(tx));
    if (!table.ok) return table;
    const { matched, rejected } = await matchReads(tx, id, table.value.rows);
    await lockStudies(tx, id, matched);
    const hindered = await hindrances(tx, id, matched);
    const taken = matched.filter(({ line }) => !hindered.has(line));
    const written = await writeReads(tx, found.value, taken);
    const all = [...table.value.rejected, ...rejected, ...listed(hindered)].sort((a, b) => a.line - b.line);
    const result = {
      worklist: name,
      reads: taken.length,
      readers: new Set(taken.map(({ readerId }) => readerId)).size,
      studies: new Set(taken.map(({ studyId }) => studyId)).size,
      ...written,
      unchanged: taken.length - written.added - written.revised,
      rejected: { count: all.length, rows: all.slice(0, rejectedShown) },
    };
    const { rejected: left, ...counts } = result;
    audit({
      action: "reads.imported",
      object: { type: "worklist", id },
      detail: {
        ...counts,
        rejected: left.count,
        sha256: createHash("sha256").update(input.csv).digest("hex"),
      },
    });
    return ok(result);
  },
});

/** One import at a time, so that two never wait for each other's studies. */
async function lockStudies(tx: Transaction, worklistId: number, rows: readonly MatchedRead[]): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('reads.import', 0))`);
  await tx.execute(sql`
    select from worklist_items i join studies s on s.id = i.study_id
    where i.worklist_id = ${worklistId}
      and i.study_id in (select distinct study from ${given(rows)})
    order by i.id for update of i, s`);
}

/** Line → why its read can't be taken now. */
async function hindrances(
  tx: Transaction,
  worklistId: number,
  rows: readonly MatchedRead[],
): Promise<Map<number, string>> {
  const found = await tx.execute<{ line: number; reading: boolean }>(sql`
    select g.line, a.id is not null as reading from ${given(rows)}
    left join worklist_items i on i.worklist_id = ${worklistId} and i.study_id = g.study
    left join assignments a on a.item_id = i.id and a.reader_id = g.reader and a.status = 'leased'
      and a.lease_expires_at > now()
    where a.id is not null or exists (select from reads r where r.study_id = g.study and r.reader_id = g.reader
      and r.kind = 'adjudication' and r.current and not r.withdrawn)`);
  return new Map(
    found.map(({ line, reading }) => [
      line,
      reading
        ? "The reader has this study open in the reading room."
        : "The reader has adjudicated this study and can't be a reader of it.",
    ]),
  );
}

function listed(reasons: ReadonlyMap<number, string>): Rejected[] {
  return Array.from(reasons, ([line, reason]) => ({ line, reason }));
}

/** Rows as a table `g` of the statement. */
function given(rows: readonly MatchedRead[]) {
  const table = rows.map(({ line, studyId, readerId, labels, comment, activeMs }) => ({
    line,
    study: studyId,
    reader: readerId,
    labels,
    comment,
    active: activeMs,
  }));
  return sql`jsonb_to_recordset(${JSON.stringify(table)}::jsonb)
    as g (line int, study bigint, reader bigint, labels text, comment text, active int)`;
}

/** New reads and revisions, the readers' assignments, the items' counts, the studies' labels. */
async function writeReads(
  tx: Transaction,
  { id, blind }: WorklistRecord,
  rows: readonly MatchedRead[],
): Promise<{ added: number; revised: number }> {
  const written = await tx.execute<{ study: string; reader: string; revised: boolean }>(sql`
    with new as materialized (
      select g.*, before.id is not null as revised, coalesce((
        select max(revision) from reads where study_id = g.study and reader_id = g.reader), 0) + 1 as revision
      from ${given(rows)}
      left join reads before on before.study_id = g.study and before.reader_id = g.reader and before.current
        and before.kind = 'read'
      where before.id is null or before.withdrawn or before.worklist_id is distinct from ${id}::bigint
        or rpad(before.labels, 64, '.') <> rpad(g.labels, 64, '.') or before.comment <> g.comment
    ), replaced as (
      update reads r set current = false from new
      where r.study_id = new.study and r.reader_id = new.reader and r.current and r.kind = 'read'
    )
    insert into reads (study_id, reader_id, worklist_id, item_id, revision, labels, comment, blind, active_ms,
      idempotency_key)
    select new.study, new.reader, ${id}, i.id, new.revision, new.labels, new.comment, ${blind}, new.active,
      gen_random_uuid()
    from new join worklist_items i on i.worklist_id = ${id} and i.study_id = new.study
    order by new.line
    returning study_id as study, reader_id as reader, revision > 1 as revised`);
  await tx.execute(sql`
    insert into assignments (item_id, worklist_id, reader_id, position, status, finished_at)
    select i.id, i.worklist_id, g.reader, i.position, 'submitted', now() from ${given(rows)}
    join worklist_items i on i.worklist_id = ${id} and i.study_id = g.study
    on conflict (item_id, reader_id) do update
      set status = 'submitted', lease_expires_at = null, draft = null, skip_reason = null,
        finished_at = excluded.finished_at
      where assignments.status <> 'submitted'`);
  await tx.execute(sql`
    update worklist_items i set taken = c.taken, reads_done = c.done,
      reads_wanted = greatest(i.reads_wanted, c.taken),
      skipped = exists (select from assignments where item_id = i.id and status = 'skipped')
    from (
      select a.item_id, count(*) filter (where a.status in ('leased', 'submitted')) as taken,
        count(*) filter (where a.status = 'submitted') as done
      from assignments a join worklist_items w on w.id = a.item_id
      where w.worklist_id = ${id} and w.study_id in (select distinct study from ${given(rows)})
      group by a.item_id
    ) c where i.id = c.item_id`);
  await tx.execute(sql`
    select count(*) from settle_labels(array(select distinct study from ${given(rows)}))`);
  const revised = written.filter((row) => row.revised).length;
  return { added: written.length - revised, revised };
}
