import { sql } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import type { FilmFacts } from "./film-properties";

/** What is known of each film of a cohort beside its pixels: image → facts. */
export async function loadFilmFacts(
  db: Executor,
  cohortId: number,
): Promise<ReadonlyMap<number, Omit<FilmFacts, "border">>> {
  const rows = await db.execute<Row>(sql`
    select m.image_id as id, d.name as dataset, i.view, i.sex, i.age,
      o.width, o.height, o.media_type, o.channels, o.bit_depth
    from cohort_images m
    join images i on i.id = m.image_id
    join datasets d on d.id = i.dataset_id
    join image_objects o on o.sha256 = i.object_sha256
    where m.cohort_id = ${cohortId}`);
  return new Map(
    rows.map(({ id, media_type: mediaType, bit_depth: bitDepth, ...facts }) => [
      Number(id),
      { ...facts, mediaType, bitDepth },
    ]),
  );
}

type Row = {
  id: string;
  dataset: string;
  view: string;
  sex: string;
  age: number | null;
  width: number;
  height: number;
  media_type: string;
  channels: number;
  bit_depth: number;
};
