import { sql } from "drizzle-orm";
import { z } from "zod";
import { recordAudit } from "@/server/audit/record";
import { query } from "@/server/auth/command";
import { ok } from "@/server/lib/errors";
import { findWorklist } from "./find";
import { type ListedStudy, worklistReference } from "./schema";

const input = worklistReference.extend({
  /** Place of the last study of the page before. */
  after: z.int().min(0).max(2_147_483_647).default(0),
  limit: z.int().min(1).max(500).default(50),
});

type Row = Omit<ListedStudy, "study" | "patientId" | "image"> & {
  study: string;
  patientId: string;
  image: string | null;
};

/**
 * The studies of a worklist in its order: each one's place, why it stands there, and how far it is. Only for those
 * who manage it, for the reason hints at the label. Leaves one audit row with the films shown. Errors: not-found.
 */
export const worklistStudies = query({
  name: "worklist.studies",
  permission: "worklists.manage",
  input,
  async run({ db, actor, input: { worklist, after, limit } }) {
    const found = await findWorklist(db, worklist);
    if (!found.ok) return found;
    const rows = await db.execute<Row>(sql`
      with page as materialized (
        select * from worklist_items where worklist_id = ${found.value.id} and position > ${after}
        order by position limit ${limit + 1}
      )
      select page.position as place, page.study_id as study, p.id as "patientId", p.external_id as patient,
        film.id as image, page.reason, page.known_labels is not null as known,
        page.reads_done as "readsDone", page.reads_wanted as "readsWanted", page.skipped, page.flagged
      from page join studies s on s.id = page.study_id join patients p on p.id = s.patient_id
      left join lateral (
        select id from images where study_id = page.study_id order by film_here desc, id limit 1
      ) film on true
      order by page.position`);
    const listed = rows.slice(0, limit).map(
      (row): ListedStudy => ({
        ...row,
        study: Number(row.study),
        patientId: Number(row.patientId),
        image: row.image === null ? null : Number(row.image),
      }),
    );
    const ids = listed.flatMap(({ image }) => (image === null ? [] : [image]));
    if (ids.length > 0) await recordAudit(db, actor, [{ action: "images.listed", detail: { ids } }]);
    return ok({ rows: listed, next: rows.length > limit ? (listed.at(-1)?.place ?? null) : null });
  },
});
