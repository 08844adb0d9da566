import { sql } from "drizzle-orm";
import { z } from "zod";
import { query } from "@/server/auth/command";
import { ok } from "@/server/lib/errors";
import type { LabelChange } from "./schema";
import { stateAt } from "./states";
import { type Finding, vocabulary } from "./vocabulary";

type Row = {
  readId: string;
  studyId: string;
  patientId: string;
  patient: string;
  dataset: string;
  study: string;
  reader: string;
  kind: LabelChange["kind"];
  at: string;
  source: string;
  labels: string;
};

/** Reads that stand and say something else than the source, newest first: who, when, from what, to what. */
export const labelChanges = query({
  name: "labels.changes",
  permission: "labels.view",
  input: z.object({ before: z.int().positive().optional(), limit: z.int().min(1).max(500).default(50) }),
  async run({ db, input }) {
    const after = input.before === undefined ? sql`` : sql`and r.id < ${input.before}`;
    // Strings of different ages are compared at one length.
    const [rows, findings] = await Promise.all([
      db.execute<Row>(sql`
        select r.id as "readId", s.id as "studyId", p.id as "patientId", p.external_id as patient,
          d.name as dataset, s.external_id as study, u.name as reader, r.kind, r.submitted_at as at,
          s.source_labels as source, r.labels
        from reads r
        join studies s on s.id = r.study_id
        join patients p on p.id = s.patient_id
        join datasets d on d.id = s.dataset_id
        join users u on u.id = r.reader_id
        where r.current and not r.withdrawn and rpad(r.labels, 64, '.') <> rpad(s.source_labels, 64, '.') ${after}
        order by r.id desc limit ${input.limit + 1}`),
      vocabulary(),
    ]);
    const page = rows.slice(0, input.limit).map((row) => changeOf(row, findings));
    return ok({ rows: page, next: rows.length > input.limit ? (page.at(-1)?.readId ?? null) : null });
  },
});

function changeOf({ source, labels, ...row }: Row, findings: readonly Finding[]): LabelChange {
  return {
    ...row,
    readId: Number(row.readId),
    studyId: Number(row.studyId),
    patientId: Number(row.patientId),
    at: new Date(row.at),
    changes: findings.flatMap(({ name, position }) => {
      const [from, to] = [stateAt(source, position), stateAt(labels, position)];
      return from === to ? [] : [{ finding: name, from, to }];
    }),
  };
}
