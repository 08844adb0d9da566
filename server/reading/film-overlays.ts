import { sql } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import type { FilmOverlays } from "./schema";

/** Runs whose outputs are shown, newest first. */
export const runsShown = 3;

/**
 * What can be laid over a study's films: what the newest runs used of them, and their lung masks. Both are the work
 * of models: of a blind study nobody is told, not even whether there is any.
 */
export async function filmOverlays(db: Executor, studyId: number): Promise<FilmOverlays> {
  const [row] = await db.execute<FilmOverlays>(sql`
    with films as (
      select id, lung_mask_sha256 from images where study_id = ${studyId}
    ), said as (
      select p.run_id, p.image_id, p.predicted_index, run.classes
      from films join predictions p on p.image_id = films.id join runs run on run.id = p.run_id
      where run.status = 'done'
    )
    select
      array(
        select json_build_object('run', m.run_id, 'image', m.image_id, 'className',
          said.classes ->> m.class_index::int, 'probability', m.probability, 'score', m.score)
        from said join saliency_maps m on m.run_id = said.run_id and m.image_id = said.image_id
          and m.class_index = said.predicted_index and m.method = 'hirescam'
        where said.run_id in (select distinct run_id from said order by run_id desc limit ${runsShown})
        order by m.run_id desc, m.image_id limit 60
      ) as saliency,
      array(
        select to_json(id) from films where lung_mask_sha256 is not null order by id limit 40
      ) as "lungMasks"`);
  return row ?? noOverlays;
}

export const noOverlays: FilmOverlays = { saliency: [], lungMasks: [] };
