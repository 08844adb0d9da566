import { sql } from "drizzle-orm";
import { query } from "@/server/auth/command";
import { saliencyPicture } from "@/server/images/overlay-picture";
import { fail, ok } from "@/server/lib/errors";
import { objectStore } from "@/server/storage/open";
import { asReader } from "./lease";
import { overlayInput } from "./schema";

type Row = {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly min: number;
  readonly max: number;
  readonly filmWidth: number;
  readonly filmHeight: number;
};

/**
 * What a run used of a film, as a transparent PNG in the film's aspect, for the reader who holds its study in an
 * open worklist. A blind reader is told nothing, not even whether there is one. Errors: not-found, forbidden.
 */
export const roomOverlay = query({
  name: "reading.overlay",
  permission: "reading.read",
  input: overlayInput,
  async run({ db, actor, input: { item, image, run } }) {
    const reader = asReader(actor);
    if (!reader.ok) return reader;
    const [row] = await db.execute<Row>(sql`
      select m.object_sha256 as sha256, m.width, m.height, m.min, m.max,
        o.width as "filmWidth", o.height as "filmHeight"
      from assignments a
      join worklist_items i on i.id = a.item_id
      join worklists w on w.id = i.worklist_id and not w.blind
      join images film on film.study_id = i.study_id and film.id = ${image}
      join image_objects o on o.sha256 = film.object_sha256
      join predictions p on p.image_id = film.id and p.run_id = ${run}
      join saliency_maps m on m.run_id = p.run_id and m.image_id = film.id and m.class_index = p.predicted_index
        and m.method = 'hirescam'
      where a.item_id = ${item} and a.reader_id = ${reader.value.userId} and a.status = 'leased'`);
    if (!row) return fail("not-found", "There is no such overlay on a study in your hands.");
    const { sha256, filmWidth, filmHeight, ...map } = row;
    const film = { width: filmWidth, height: filmHeight };
    const png = await saliencyPicture(map, await objectStore().get(sha256), film);
    return ok({ png, etag: `${sha256}-${filmWidth}x${filmHeight}` });
  },
});
