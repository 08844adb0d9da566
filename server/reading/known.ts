import { sql } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import type { LabelOrigin } from "@/server/labels/rules";
import type { Known, ModelOutput, OtherRead } from "./schema";

type Of = { readonly studyId: number; readonly readerId: number };

/**
 * What stands beside the reader's own read: source label, current label, others' reads, models. A blind reader
 * gets it with the answer to her submission and not before.
 */
export async function known(db: Executor, of: Of): Promise<Known> {
  const [[label], others, models] = await Promise.all([
    db.execute<{ source: string; current: string; origin: LabelOrigin }>(sql`
      select source_labels as source, current_labels as current, label_origin as origin
      from studies where id = ${of.studyId}`),
    othersReads(db, of),
    modelOutputs(db, of.studyId),
  ]);
  return { ...(label ?? { source: "", current: "", origin: "source" }), others, models };
}

async function othersReads(db: Executor, { studyId, readerId }: Of): Promise<OtherRead[]> {
  return db.execute<OtherRead>(sql`
    select u.name as reader, r.kind, r.labels, r.comment from reads r join users u on u.id = r.reader_id
    where r.study_id = ${studyId} and r.reader_id <> ${readerId} and r.current and not r.withdrawn
    order by r.id limit 20`);
}

/** The newest three runs that predicted any of the study's images. */
async function modelOutputs(db: Executor, studyId: number): Promise<ModelOutput[]> {
  const rows = await db.execute<{ run: string; image: string; names: string[]; probabilities: number[] }>(sql`
    select p.run_id as run, p.image_id as image, r.classes as names, p.probabilities
    from images i join predictions p on p.image_id = i.id join runs r on r.id = p.run_id
    where i.study_id = ${studyId} and r.status = 'done'
    order by p.run_id desc, p.image_id limit 60`);
  const newest = new Set([...new Set(rows.map(({ run }) => run))].slice(0, 3));
  return rows
    .filter(({ run }) => newest.has(run))
    .map(({ run, image, names, probabilities }) => ({
      run: Number(run),
      image: Number(image),
      classes: names.map((name, at) => ({ name, probability: probabilities[at] ?? 0 })),
    }));
}
