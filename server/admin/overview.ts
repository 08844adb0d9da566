import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Actor, may } from "@/server/auth/actor";
import { query, valueOrThrow } from "@/server/auth/command";
import type { Database } from "@/server/db/client";
import { ok } from "@/server/lib/errors";
import { listWorklists } from "@/server/reading/queries";
import { findRunning } from "./running";
import type { FailedJob, LeakySplit, Overview, Result, WaitingWorklist } from "./schema";

/** What the first page shows: what waits for me, what runs, what is wrong, what is new; by role. */
export const overview = query({
  name: "admin.overview",
  permission: "self.manage",
  input: z.object({}),
  async run({ db, actor }) {
    const seesRuns = may(actor, "training.view");
    const [worklists, running, leaky, failed, results, steps, noWorker, quarantined] = await Promise.all([
      may(actor, "reading.read") ? waiting(actor) : [],
      findRunning(db, seesRuns),
      may(actor, "splits.view") ? leakySplits(db) : [],
      failedJobs(db, seesRuns),
      newestResults(db, actor),
      stepsTaken(db),
      isWorkerMissing(db),
      may(actor, "quarantine.decide") ? filmsHeld(db) : 0,
    ]);
    const all: Overview = { worklists, running, leaky, failed, noWorker, results, steps, quarantined };
    return ok(all);
  },
});

async function filmsHeld(db: Database): Promise<number> {
  const [row] = await db.execute<{ films: number }>(
    sql`select count(*)::int as films from quarantined_films where state = 'held'`,
  );
  return row?.films ?? 0;
}

/** The open ones of the newest worklists, with what is left for this person. */
async function waiting(actor: Actor): Promise<WaitingWorklist[]> {
  const { rows } = valueOrThrow(await listWorklists(actor, { limit: 20 }));
  return rows
    .filter((row) => row.status === "open")
    .map(({ id, name, studies, read, leftForMe }) => ({ id, name, studies, read, leftForMe }));
}

/** Splits with held-out images whose patient or film is in training, and that runs use which came or may come to figures. */
async function leakySplits(db: Database): Promise<LeakySplit[]> {
  const rows = await db.execute<{
    id: string;
    name: string;
    leaked: number;
    images: number;
    runs: number;
  }>(sql`
    select s.id::text, s.name, (s.audit #>> '{parts,test,leaked}')::int as leaked,
      (s.audit #>> '{parts,test,images}')::int as images, count(r.id)::int as runs
    from splits s join runs r on r.split_id = s.id and r.status not in ('failed', 'cancelled')
    where (s.audit #>> '{parts,test,leaked}')::int > 0
    group by s.id order by max(r.id) desc limit 5`);
  return rows.map((row) => ({ ...row, id: Number(row.id) }));
}

/** Imports and runs that failed in the last seven days. */
async function failedJobs(db: Database, withRuns: boolean): Promise<FailedJob[]> {
  const rows = await db.execute<{
    kind: FailedJob["kind"];
    id: string;
    label: string;
    error: string;
    at: string;
  }>(sql`
    (select 'import' as kind, id::text, 'Import of ' || dataset_name as label,
        coalesce(error, 'no reason was kept') as error, coalesce(finished_at, created_at) as at
      from imports where status = 'failed' and created_at > now() - interval '7 days' order by id desc limit 5)
    union all
    (select 'run', id::text, 'Run ' || id, coalesce(error, 'no reason was kept'), coalesce(finished_at, created_at)
      from runs where ${withRuns} and status = 'failed' and created_at > now() - interval '7 days'
      order by id desc limit 5)`);
  return rows.map((row) => ({
    ...row,
    id: Number(row.id),
    at: new Date(row.at),
    href: row.kind === "run" ? `/training/${row.id}` : `/datasets/import?import=${row.id}`,
  }));
}

type ResultRow = {
  kind: Result["kind"];
  id: string;
  label: string;
  detail: string;
  metric: Result["metric"];
  at: string;
};

/** The newest finished runs, frozen label sets, splits and imports, those the role may see. */
async function newestResults(db: Database, actor: Actor): Promise<Result[]> {
  const rows = await db.execute<ResultRow>(sql`
    select * from (
      (select 'run' as kind, r.id::text, 'Run ' || r.id || ' · ' || r.network as label, 'on ' || s.name as detail,
          r.metrics #> '{parts,test,metrics,accuracy}' as metric, r.finished_at as at
        from runs r join splits s on s.id = r.split_id
        where ${may(actor, "models.view")} and r.status = 'done' order by r.id desc limit 6)
      union all
      (select 'labels', id::text, name, studies || ' studies frozen', null, created_at
        from label_sets where ${may(actor, "labels.view")} order by id desc limit 6)
      union all
      (select 'split', id::text, name, strategy || ' split, seed ' || seed, null, created_at
        from splits where ${may(actor, "splits.view")} order by id desc limit 6)
      union all
      (select 'import', dataset_name, dataset_name, 'imported from ' || format, null, max(finished_at)
        from imports where status = 'done' group by dataset_name, format order by max(id) desc limit 6)) newest
    where at is not null order by at desc limit 8`);
  return rows.map((row) => ({ ...row, at: new Date(row.at), href: hrefOf(row.kind, row.id) }));
}

function hrefOf(kind: Result["kind"], id: string): string {
  switch (kind) {
    case "run":
      return `/models/${id}/evaluation`;
    case "labels":
      return "/labels";
    case "split":
      return `/splits/${id}`;
    case "import":
      return `/datasets/${encodeURIComponent(id)}`;
  }
}

async function stepsTaken(db: Database): Promise<Overview["steps"]> {
  const [row] = await db.execute<Overview["steps"]>(sql`
    select exists (select from datasets) as datasets, exists (select from reads) as reads,
      exists (select from runs) as runs`);
  return row ?? { datasets: false, reads: false, runs: false };
}

async function isWorkerMissing(db: Database): Promise<boolean> {
  const [row] = await db.execute<{ missing: boolean }>(sql`
    select (exists (select from imports where status = 'queued') or exists (select from runs where status = 'queued'))
      and not exists (select from workers where seen_at > now() - interval '30 seconds') as missing`);
  return row?.missing ?? false;
}
