import { type SQL, sql } from "drizzle-orm";
import type { Person } from "@/server/auth/actor";
import { query } from "@/server/auth/command";
import type { Database } from "@/server/db/client";
import { lungOverlayOf, type Overlay, saliencyOverlayOf } from "@/server/images/overlay-picture";
import { fail, ok } from "@/server/lib/errors";
import { asReader } from "./lease";
import { overlayInput } from "./schema";

/**
 * What a run used of a film, or the film's lung mask, for the reader who holds its study or the adjudicator who has
 * it in hand; in an open worklist only. A blind one tells nobody anything, not even whether there is one: not the
 * reader, and the adjudicator no more, for what she decides is what models are measured against. Nor after she has
 * decided: an undo brings the case back. Errors: not-found, forbidden.
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

type Film = { readonly sha256: string; readonly filmWidth: number; readonly filmHeight: number };

/** The film of a study that this person has in hand in an open worklist, as a table `film`; empty where not. */
function filmInHand({ userId }: Person, item: number, image: number): SQL {
  return sql`(
    select f.id, f.lung_mask_sha256, o.width, o.height
    from worklist_items i
    join worklists w on w.id = i.worklist_id and not w.blind
    join images f on f.study_id = i.study_id and f.id = ${image}
    join image_objects o on o.sha256 = f.object_sha256
    where i.id = ${item} and (
      exists (select from assignments where item_id = i.id and reader_id = ${userId} and status = 'leased')
      or exists (select from adjudication_leases where item_id = i.id and adjudicator_id = ${userId}))) film`;
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
  return saliencyOverlayOf(map, sha256, { width, height });
}

async function lungMask(db: Database, films: SQL): Promise<Overlay | null> {
  const [row] = await db.execute<Film>(sql`
    select lung_mask_sha256 as sha256, width as "filmWidth", height as "filmHeight" from ${films}
    where lung_mask_sha256 is not null`);
  return row ? lungOverlayOf(row.sha256, { width: row.filmWidth, height: row.filmHeight }) : null;
}
