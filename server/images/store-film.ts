import { createHash } from "node:crypto";
import type { ObjectStore } from "@/server/storage/object-store";
import { type DecodedFilm, decodeFilm } from "./decode-film";

/** What `image_objects` holds of a stored film. */
export type StoredFilm = Omit<DecodedFilm, "thumbnail"> & {
  readonly sha256: string;
  readonly bytes: number;
  readonly thumbnailSha256: string;
};

/**
 * Puts a film and its thumbnail into the object store. The same bytes again cost nothing but their hash when
 * `known` says that they are stored.
 * @throws ExpectedFailure("invalid") with the reason why the file is no film (see `decodeFilm`)
 */
export async function storeFilm(
  bytes: Buffer,
  store: ObjectStore,
  known: (sha256: string) => boolean,
): Promise<{ sha256: string; stored: StoredFilm | null }> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (known(sha256)) return { sha256, stored: null };
  const { thumbnail, ...film } = await decodeFilm(bytes);
  const [, thumbnailSha256] = await Promise.all([
    store.put(bytes, film.mediaType),
    store.put(thumbnail, "image/webp"),
  ]);
  return { sha256, stored: { ...film, sha256, bytes: bytes.length, thumbnailSha256 } };
}
