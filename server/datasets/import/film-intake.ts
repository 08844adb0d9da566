import { hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { DecodedFilm } from "@/server/images/decode-film";
import type { StoredFilm } from "@/server/images/stored-film";
import { ExpectedFailure } from "@/server/lib/errors";
import type { ObjectStore } from "@/server/storage/object-store";
import type { FilmFile } from "./rows";

export type FilmOutcome =
  | {
      readonly kind: "stored";
      readonly sha256: string;
      readonly film: StoredFilm | null;
      readonly size: FilmSize;
    }
  | { readonly kind: "refused"; readonly reason: string };

export type FilmSize = { readonly width: number; readonly height: number };

export type FilmIntake = {
  readonly store: ObjectStore;
  readonly decode: (bytes: Uint8Array) => Promise<DecodedFilm>;
  /** Films that are described in `image_objects`, by their bytes. */
  readonly known: ReadonlyMap<string, FilmSize>;
  /** Is told of every object before it is put into the store. */
  readonly journal: (sha256s: readonly string[]) => Promise<void>;
};

/** No film comes near this; a larger file is not read into memory. */
const largestFile = 200e6;

/**
 * Reads, checks and stores a film and its thumbnail.
 * @throws what the store throws: a full disk ends the import, it is no fault of the row
 */
export async function takeFilm(
  file: FilmFile,
  { store, decode, known, journal }: FilmIntake,
): Promise<FilmOutcome> {
  const bytes = await readFilmFile(file);
  if (typeof bytes === "string") return { kind: "refused", reason: bytes };
  const sha256 = hash("sha256", bytes, "hex");
  // A store that lost what the database describes is filled again.
  const size = known.get(sha256);
  if (size && (await store.has(sha256))) return { kind: "stored", sha256, film: null, size };
  const decoded = await decode(bytes).catch(refusal);
  if (typeof decoded === "string") return { kind: "refused", reason: decoded };
  const { thumbnail, ...film } = decoded;
  const thumbnailSha256 = hash("sha256", thumbnail, "hex");
  await journal([sha256, thumbnailSha256]);
  await store.put(bytes, film.mediaType);
  await store.put(thumbnail, "image/webp");
  return {
    kind: "stored",
    sha256,
    film: { ...film, sha256, bytes: bytes.length, thumbnailSha256, dicomSha256: null },
    size: film,
  };
}

/** A film's bytes, or why they are not read. */
export async function readFilmFile({ place, bytes }: FilmFile): Promise<Buffer | string> {
  if (bytes > largestFile) return "the file is larger than 200 MB";
  return (await readFile(place).catch(unreadable)) ?? "the file can't be read";
}

function unreadable(error: NodeJS.ErrnoException): null {
  if (["EACCES", "EPERM", "EISDIR", "ENOENT", "EIO"].includes(error.code ?? "")) return null;
  throw error;
}

/** The reason why a decoder refused a file; anything else goes on. */
export function refusal(error: unknown): string {
  if (error instanceof ExpectedFailure && error.failure.code === "invalid") return error.message;
  throw error;
}
