import { sql } from "drizzle-orm";
import { may } from "@/server/auth/actor";
import { query } from "@/server/auth/command";
import { ok } from "@/server/lib/errors";
import { mayReadOf } from "./chosen-readers";
import { findWorklist } from "./find";
import { outlookOf } from "./outlook-rules";
import { worklistReference } from "./schema";

/** Reads that a worklist still wants, hours of work that are, and the day it ends at the pace of late. Errors: not-found. */
export const worklistOutlook = query({
  name: "worklist.outlook",
  permission: "worklists.view",
  input: worklistReference,
  async run({ db, actor, input }) {
    const found = await findWorklist(db, input.worklist);
    if (!found.ok) return found;
    const { id, dueOn, createdAt } = found.value;
    const mine = may(actor, "worklists.manage") ? ok(null) : await mayReadOf(db, actor, id);
    if (!mine.ok) return mine;
    const [[left], [pace]] = await Promise.all([
      db.execute<{ reads: number }>(sql`
        select coalesce(sum(reads_wanted - reads_done), 0)::int as reads
        from worklist_items where worklist_id = ${id} and reads_done < reads_wanted and not skipped`),
      db.execute<{ seconds: number | null; lately: number }>(sql`
        select (percentile_cont(0.5) within group (order by active_ms) / 1000)::float8 as seconds,
          (count(*) filter (where submitted_at > now() - interval '7 days'))::int as lately
        from reads where worklist_id = ${id} and kind = 'read' and current and not withdrawn`),
    ]);
    const now = new Date();
    const age = (now.getTime() - createdAt.getTime()) / 86_400_000;
    return ok(
      outlookOf(
        {
          readsLeft: left?.reads ?? 0,
          medianSeconds: pace?.seconds ?? null,
          readsLately: pace?.lately ?? 0,
          daysLately: Math.min(7, age),
        },
        now,
        dueOn,
      ),
    );
  },
});
