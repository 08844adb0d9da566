import { type SQL, sql } from "drizzle-orm";
import { type Actor, may } from "@/server/auth/actor";
import { query } from "@/server/auth/command";
import { ok } from "@/server/lib/errors";
import { type Found, searchInput } from "./schema";

/**
 * Things by name for the command palette: datasets, worklists, cohorts, splits and runs that contain the text, and
 * patients whose id begins with it; at most five of each kind, only those the role may see.
 */
export const search = query({
  name: "admin.search",
  permission: "self.manage",
  input: searchInput,
  async run({ db, actor, input }) {
    const like = input.text.toLowerCase().replaceAll(/[\\%_]/g, "\\$&");
    const parts = selections(actor, `%${like}%`, `${like}%`);
    const rows = await db.execute<Found>(sql.join(parts, sql` union all `));
    return ok<readonly Found[]>(
      rows.map(({ kind, label, detail, href }) => ({
        kind,
        label,
        detail,
        href: kind === "dataset" ? href + encodeURIComponent(label) : href,
      })),
    );
  },
});

function selections(actor: Actor, contains: string, begins: string): SQL[] {
  const seesSplits = may(actor, "splits.view");
  return [
    sql`(select 'dataset' as kind, name as label, format as detail, '/datasets/' as href
      from datasets where lower(name) like ${contains} order by name limit 5)`,
    sql`(select 'patient', p.external_id, d.name, '/patients/' || p.id
      from patients p join datasets d on d.id = p.dataset_id
      where lower(p.external_id) like ${begins} and not p.placeholder limit 5)`,
    // Not its kind, which tells something of the labels: readers read blind.
    sql`(select 'worklist', name, status, '/reading/' || id || '/progress'
      from worklists where lower(name) like ${contains} order by id desc limit 5)`,
    sql`(select 'cohort', name, images || ' images', '/cohorts/' || id
      from cohorts where ${may(actor, "cohorts.view")} and lower(name) like ${contains} order by id desc limit 5)`,
    sql`(select 'split', name, strategy || ', seed ' || seed, '/splits/' || id
      from splits where ${seesSplits} and lower(name) like ${contains} order by id desc limit 5)`,
    sql`(select 'run', 'Run ' || r.id || ' · ' || r.network, r.status || ' · ' || s.name, '/training/' || r.id
      from runs r join splits s on s.id = r.split_id
      where ${may(actor, "training.view")} and 'run ' || r.id || ' ' || lower(r.network) || ' ' || lower(s.name) like ${contains}
      order by r.id desc limit 5)`,
  ];
}
