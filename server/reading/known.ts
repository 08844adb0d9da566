import { sql } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import type { LabelOrigin } from "@/server/labels/rules";
import { runsShown } from "./film-overlays";
import type { Known, ModelOutput, OtherRead } from "./schema";

type Prediction = { run: number; image: number; names: string[]; probabilities: number[] };
type Row = {
  source: string;
  current: string;
  origin: LabelOrigin;
  others: OtherRead[];
  predictions: Prediction[];
};

/**
 * What stands beside the reader's own read: source label, current label, others' reads, models. A blind reader
 * gets it with the answer to her submission and not before.
 */
export async function known(
  db: Executor,
  { studyId, readerId }: { readonly studyId: number; readonly readerId: number },
): Promise<Known> {
  const [row] = await db.execute<Row>(sql`
    select source_labels as source, current_labels as current, label_origin as origin,
      array(
        select json_build_object('reader', u.name, 'kind', r.kind, 'labels', r.labels, 'comment', r.comment)
        from reads r join users u on u.id = r.reader_id
        where r.study_id = ${studyId} and r.reader_id <> ${readerId} and r.current and not r.withdrawn
        order by r.id limit 20
      ) as others,
      array(
        select json_build_object('run', p.run_id, 'image', p.image_id, 'names', run.classes,
          'probabilities', p.probabilities)
        from images i join predictions p on p.image_id = i.id join runs run on run.id = p.run_id
        where i.study_id = ${studyId} and run.status = 'done'
        order by p.run_id desc, p.image_id limit 60
      ) as predictions
    from studies where id = ${studyId}`);
  if (!row) throw new Error(`study ${studyId} is gone`);
  const { predictions, ...rest } = row;
  const newest = [...new Set(predictions.map(({ run }) => run))].slice(0, runsShown);
  return {
    ...rest,
    models: modelOutputs(predictions.filter(({ run }) => newest.includes(run))),
  };
}

function modelOutputs(predictions: readonly Prediction[]): ModelOutput[] {
  return predictions.map(({ run, image, names, probabilities }) => ({
    run,
    image,
    classes: names.map((name, at) => ({ name, probability: probabilities[at] ?? 0 })),
  }));
}
