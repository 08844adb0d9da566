import { sql } from "drizzle-orm";
import { z } from "zod";
import { may } from "@/server/auth/actor";
import { query } from "@/server/auth/command";
import type { Database } from "@/server/db/client";
import { ok } from "@/server/lib/errors";
import type { RunningJob } from "./schema";

type Row = {
  kind: RunningJob["kind"];
  id: string;
  label: string;
  status: RunningJob["status"];
  progress: { phase: string; done: number; total: number; secondsLeft?: number } | null;
  curve: number[] | null;
};

/** Imports, runs and sweeps that wait or are at work, newest first, at most 20. Runs and sweeps only for those who may see them. */
export const runningJobs = query({
  name: "admin.running",
  permission: "datasets.view",
  input: z.object({}),
  run: async ({ db, actor }) => ok(await findRunning(db, may(actor, "training.view"))),
});

/** As `runningJobs`, for other queries of this feature. */
export async function findRunning(db: Database, withRuns: boolean): Promise<RunningJob[]> {
  const rows = await db.execute<Row>(sql`
    (select 'import' as kind, id::text, 'Import of ' || dataset_name as label, status, progress, null::float8[] as curve
      from imports where status in ('queued', 'running') order by id desc limit 20)
    union all
    (select 'run', id::text, 'Run ' || id, status, progress,
        (select array_agg(loss order by epoch) from run_epochs where run_id = runs.id)
      from runs where ${withRuns} and status in ('queued', 'running') order by id desc limit 20)
    union all
    (select 'sweep', s.id::text, 'Sweep ' || s.id, s.status,
        coalesce(s.progress || '{"phase": "features"}', jsonb_build_object('phase', 'training',
          'done', count(*) filter (where t.status in ('done', 'failed')), 'total', count(*))), null::float8[]
      from sweeps s join sweep_trials t on t.sweep_id = s.id
      where ${withRuns} and s.status in ('queued', 'running') group by s.id order by s.id desc limit 20)`);
  return rows.map((row) => ({
    kind: row.kind,
    id: Number(row.id),
    label: row.label,
    status: row.status,
    phase: row.progress?.phase ?? null,
    done: row.progress?.done ?? 0,
    total: row.progress?.total ?? 0,
    secondsLeft: row.progress?.secondsLeft ?? null,
    href: hrefOf(row),
    curve: row.curve ?? [],
  }));
}

function hrefOf({ kind, id }: Row): string {
  if (kind === "import") return `/datasets/import?import=${id}`;
  return kind === "run" ? `/training/${id}` : `/training/sweeps/${id}`;
}
