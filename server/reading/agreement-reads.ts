import { sql } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import { type LabelState, labelStates, stateAt } from "@/server/labels/states";
import { noRating, type Ratings } from "@/server/ml/ratings";

export type AgreementReader = { readonly id: number; readonly email: string; readonly name: string };

/** The reads of a worklist that stand, as a table of studies by readers. */
export type WorklistReads = {
  readonly readers: readonly AgreementReader[];
  /** Studies that anybody has read. */
  readonly studies: Int32Array;
  /** Patient of each study: what a bootstrap draws. A placeholder's studies are each their own. */
  readonly patients: Int32Array;
  /** Packed labels, or null. */
  readonly labels: readonly (string | null)[]; // [studies, readers]
  /** Active time of each read in ms; 0 where it is not known. */
  readonly activeMs: Int32Array; // [studies, readers]
  /** What an adjudicator decided, per study. */
  readonly adjudicated: readonly (string | null)[];
};

type Row = {
  study: string;
  patient: string;
  reader: string;
  email: string;
  name: string;
  labels: string;
  activeMs: number;
};

/**
 * Each reader's last read of each study of the worklist, unless it was taken back. A later read of the same study
 * for another worklist does not change what was said for this one. Adjudications count wherever they were made:
 * there is one at most that stands for a study.
 */
export async function worklistReads(db: Executor, worklistId: number): Promise<WorklistReads> {
  const [rows, decided] = await Promise.all([
    db.execute<Row>(sql`
      select r.study_id as study, case when p.placeholder then -s.id else p.id end as patient,
        u.id as reader, u.email, u.name, r.labels, r.active_ms as "activeMs"
      from (
        select distinct on (study_id, reader_id) * from reads
        where worklist_id = ${worklistId} and kind = 'read'
        order by study_id, reader_id, revision desc
      ) r
      join studies s on s.id = r.study_id
      join patients p on p.id = s.patient_id
      join users u on u.id = r.reader_id
      where not r.withdrawn
      order by r.study_id, u.email`),
    db.execute<{ study: string; labels: string }>(sql`
      select distinct on (r.study_id) r.study_id as study, r.labels
      from reads r join worklist_items i on i.study_id = r.study_id
      where i.worklist_id = ${worklistId} and r.kind = 'adjudication' and r.current and not r.withdrawn
      order by r.study_id, r.id desc`),
  ]);
  return arranged(rows, new Map(decided.map(({ study, labels }) => [Number(study), labels])));
}

function arranged(rows: readonly Row[], decided: ReadonlyMap<number, string>): WorklistReads {
  const people = new Map(
    rows.map(({ reader, email, name }) => [reader, { id: Number(reader), email, name }]),
  );
  const readers = [...people.values()].sort((a, b) => a.email.localeCompare(b.email));
  const columnOf = new Map(readers.map(({ id }, column) => [id, column]));
  const patientOf = new Map(rows.map(({ study, patient }) => [Number(study), Number(patient)]));
  const studies = Int32Array.from(patientOf.keys());
  const lineOf = new Map(Array.from(studies, (study, line) => [study, line]));
  const labels = new Array<string | null>(studies.length * readers.length).fill(null);
  const activeMs = new Int32Array(labels.length);
  for (const row of rows) {
    const line = lineOf.get(Number(row.study)) ?? 0;
    const at = line * readers.length + (columnOf.get(Number(row.reader)) ?? 0);
    labels[at] = row.labels;
    activeMs[at] = row.activeMs;
  }
  return {
    readers,
    studies,
    patients: studies.map((study) => patientOf.get(study) ?? 0),
    labels,
    activeMs,
    adjudicated: Array.from(studies, (study) => decided.get(study) ?? null),
  };
}

/** What the readers answer of one finding [studies, readers]. */
export function answersOf(
  { readers, labels }: WorklistReads,
  position: number,
  answerOf: Readonly<Record<LabelState, number>>,
): Ratings {
  const values = Int8Array.from(labels, (packed) =>
    packed === null ? noRating : answerOf[stateAt(packed, position)],
  );
  return { categories: 2, raters: readers.length, values };
}

const ownState: Readonly<Record<LabelState, number>> = {
  positive: labelStates.indexOf("positive"),
  negative: labelStates.indexOf("negative"),
  uncertain: labelStates.indexOf("uncertain"),
  unmentioned: labelStates.indexOf("unmentioned"),
};

/** The same with each of the four states as an answer of its own. */
export function statesOf(reads: WorklistReads, position: number): Ratings {
  return { ...answersOf(reads, position, ownState), categories: labelStates.length };
}
