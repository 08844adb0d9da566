import { Readable } from "node:stream";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { and, asc, count, eq, gt } from "drizzle-orm";
import { z } from "zod";
import { recordAudit } from "@/server/audit/record";
import { query } from "@/server/auth/command";
import { imageObjects, quarantinedFilms } from "@/server/db/schema";
import type { FilmFile } from "@/server/images/browse/film";
import { everyValue } from "@/server/images/dicom/every-value";
import { fail, ok } from "@/server/lib/errors";
import { objectStore } from "@/server/storage/open";
import type { HeldFilm } from "./schema";

const pageSize = 60;
/** As much as an import takes, see parse-dicom. */
const largestFile = 220e6;

/** Films in quarantine, the longest waiting first, a page at a time. Who looks at the page is noted. */
export const listQuarantine = query({
  name: "quarantine.list",
  permission: "quarantine.decide",
  input: z.object({ after: z.coerce.number().int().min(0).default(0) }),
  async run({ db, actor, input: { after } }) {
    const held = eq(quarantinedFilms.state, "held");
    const [total] = await db.select({ films: count() }).from(quarantinedFilms).where(held);
    const rows = await db
      .select({ film: quarantinedFilms, width: imageObjects.width, height: imageObjects.height })
      .from(quarantinedFilms)
      .innerJoin(imageObjects, eq(imageObjects.sha256, quarantinedFilms.objectSha256))
      .where(and(held, gt(quarantinedFilms.id, after)))
      .orderBy(asc(quarantinedFilms.id))
      .limit(pageSize + 1);
    const films = rows.slice(0, pageSize).map(({ film, width, height }): HeldFilm => {
      const { id, datasetName: dataset, path, reason, staged, createdAt } = film;
      const text = (column: string) => String(staged[column] ?? "");
      const since = createdAt.toISOString();
      return {
        id,
        dataset,
        path,
        reason,
        width,
        height,
        since,
        patient: text("patient"),
        view: text("view"),
      };
    });
    if (films.length > 0) {
      const detail = { films: films.map(({ id }) => id) };
      await recordAudit(db, actor, [{ action: "quarantine.listed", detail }]);
    }
    const next = rows.length > pageSize ? films.at(-1)?.id : undefined;
    return ok({ total: total?.films ?? 0, films, next });
  },
});

/** The bytes of a film in quarantine, for who may decide about it; a view leaves its audit row. */
export const quarantinedFilm = query({
  name: "quarantine.film",
  permission: "quarantine.decide",
  input: z.object({
    id: z.int().positive(),
    variant: z.enum(["film", "thumbnail", "every-value"]),
    viewed: z.boolean().default(true),
  }),
  async run({ db, actor, input: { id, variant, viewed } }) {
    const [found] = await db
      .select({
        film: imageObjects.sha256,
        thumbnail: imageObjects.thumbnailSha256,
        dicom: imageObjects.dicomSha256,
      })
      .from(quarantinedFilms)
      .innerJoin(imageObjects, eq(imageObjects.sha256, quarantinedFilms.objectSha256))
      .where(and(eq(quarantinedFilms.id, id), eq(quarantinedFilms.state, "held")));
    if (!found) return fail("not-found", "There is no such film in quarantine.");
    if (variant !== "thumbnail" && viewed) {
      const object = { type: "quarantined film", id };
      await recordAudit(db, actor, [{ action: "quarantine.viewed", object }]);
    }
    const { film, thumbnail, dicom } = found;
    if (variant === "every-value" && dicom !== null) return ok(everyValueOf(dicom));
    const sha256 = variant === "thumbnail" ? thumbnail : film;
    const mediaType = variant === "thumbnail" ? "image/webp" : "image/png";
    return ok<FilmFile>({ sha256, mediaType, open: () => objectStore().stream(sha256) });
  },
});

/** Made anew at each look: it is looked at once or twice, then never again. */
function everyValueOf(dicom: string): FilmFile {
  const open = async () => {
    const file = await promisify(gunzip)(await objectStore().get(dicom), { maxOutputLength: largestFile });
    const picture = await everyValue(file);
    return { body: Readable.from([picture]), size: picture.length };
  };
  return { sha256: `${dicom}-every-value`, mediaType: "image/png", open };
}
