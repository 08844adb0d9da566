import { type SQL, sql } from "drizzle-orm";
import type { Person } from "@/server/auth/actor";
import { query } from "@/server/auth/command";
import type { Database } from "@/server/db/client";
import { lungMaskPicture, saliencyPicture } from "@/server/images/overlay-picture";
import { fail, ok } from "@/server/lib/errors";
import { objectStore } from "@/server/storage/open";
import { asReader } from "./lease";
import { overlayInput } from "./schema";

/**
 * What a run used of a film, or the film's lung mask, as a transparent PNG in the film's aspect, for the reader who
 * holds its study in an open worklist. A blind reader is told nothing, not even whether there is one.
 * Errors: not-found, forbidden.
 */
export const roomOverlay = query({
  name: "reading.overlay",
  permission: "reading.read",
  input: overlayInput,
  async run({ db, actor, input: { item, image, run } }) {
    const reader = asReader(actor);
    if (!reader.ok) return reader;
    const films = filmInHand(reader.value, item, image);
    const found = await (run === undefined ? lungMask(db, films) : saliency(db, films, run));
    if (!found) return fail("not-found", "There is no such overlay on a study in your hands.");
    return ok(found);
  },
});

type Overlay = { readonly png: Buffer; readonly etag: string };
type Film = { readonly sha256: string; readonly filmWidth: number; readonly filmHeight: number };

/** The film of a study that this reader holds in an open worklist, as a table `film`; empty where it is not. */
function filmInHand({ userId }: Person, item: number, image: number): SQL {
  return sql`(
    select f.id, f.lung_mask_sha256, o.width, o.height
    from assignments a
    join worklist_items i on i.id = a.item_id
    join worklists w on w.id = i.worklist_id and not w.blind
    join images f on f.study_id = i.study_id and f.id = ${image}
    join image_objects o on o.sha256 = f.object_sha256
    where a.item_id = ${item} and a.reader_id = ${userId} and a.status = 'leased') film`;
}

async function saliency(db: Database, films: SQL, run: number): Promise<Overlay | null> {
  type Row = Film & { width: number; height: number; min: number; max: number };
  const [row] = await db.execute<Row>(sql`
    select m.object_sha256 as sha256, m.width, m.height, m.min, m.max,
      film.width as "filmWidth", film.height as "filmHeight"
    from ${films}
    join predictions p on p.image_id = film.id and p.run_id = ${run}
    join saliency_maps m on m.run_id = p.run_id and m.image_id = film.id and m.class_index = p.predicted_index
      and m.method = 'hirescam'`);
  if (!row) return null;
  const { sha256, filmWidth: width, filmHeight: height, ...map } = row;
  const png = await saliencyPicture(map, await objectStore().get(sha256), { width, height });
  return { png, etag: `${sha256}-${width}x${height}` };
}

async function lungMask(db: Database, films: SQL): Promise<Overlay | null> {
  const [row] = await db.execute<Film>(sql`
    select lung_mask_sha256 as sha256, width as "filmWidth", height as "filmHeight" from ${films}
    where lung_mask_sha256 is not null`);
  if (!row) return null;
  const { sha256, filmWidth: width, filmHeight: height } = row;
  const png = await lungMaskPicture(await objectStore().get(sha256), { width, height });
  return { png, etag: `${sha256}-${width}x${height}` };
}
