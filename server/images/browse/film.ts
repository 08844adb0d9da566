import type { Readable } from "node:stream";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { recordAudit } from "@/server/audit/record";
import { query } from "@/server/auth/command";
import { imageObjects, images } from "@/server/db/schema";
import { fail, ok } from "@/server/lib/errors";
import { objectStore } from "@/server/storage/open";

export type FilmFile = {
  readonly sha256: string;
  readonly mediaType: string;
  /** Opens the bytes; `size` in bytes. Fails with `not-found` when the store has lost them. */
  open(): Promise<{ body: Readable; size: number }>;
};

/**
 * `film` is the file as imported, and of DICOM how it asks to be shown, in eight bits; `full` is of DICOM the
 * de-identified file itself, gzipped, with every bit that its pixels have, and else the same as `film`; `thumbnail` is a
 * WebP of 256 pixels at the longer side.
 */
const filmInput = z.object({
  id: z.int().positive(),
  variant: z.enum(["film", "full", "thumbnail"]),
  /** False where nobody will look at it: a HEAD request. */
  viewed: z.boolean().default(true),
});

/**
 * An image's bytes, for who may see images. A film that is going to be looked at leaves its audit row before
 * the caller gets a byte (thumbnails are noted by the list that shows them). `not-found` whatever the reason:
 * no such image, or its film is not here.
 */
export const filmFile = query({
  name: "image.film",
  permission: "images.view",
  input: filmInput,
  async run({ db, actor, input: { id, variant, viewed } }) {
    const [found] = await db
      .select({
        sha256: imageObjects.sha256,
        mediaType: imageObjects.mediaType,
        thumbnailSha256: imageObjects.thumbnailSha256,
        dicomSha256: imageObjects.dicomSha256,
      })
      .from(images)
      .innerJoin(imageObjects, eq(imageObjects.sha256, images.objectSha256))
      .where(eq(images.id, id));
    if (!found) return fail("not-found", "There is no such image.");
    if (variant === "thumbnail") return ok(fileOf(found.thumbnailSha256, "image/webp"));
    if (viewed) await recordAudit(db, actor, [{ action: "image.viewed", object: { type: "image", id } }]);
    if (variant === "full" && found.dicomSha256 !== null) {
      return ok(fileOf(found.dicomSha256, "application/gzip"));
    }
    return ok(fileOf(found.sha256, found.mediaType));
  },
});

function fileOf(sha256: string, mediaType: string): FilmFile {
  return { sha256, mediaType, open: () => objectStore().stream(sha256) };
}
