import { readFile } from "node:fs/promises";
import path from "node:path";
import { type StoredFilm, storeFilm } from "@/server/images/store-film";
import { ExpectedFailure } from "@/server/lib/errors";
import type { ObjectStore } from "@/server/storage/object-store";

export type FilmOutcome =
  | { readonly kind: "stored"; readonly sha256: string; readonly film: StoredFilm | null }
  | { readonly kind: "missing" }
  | { readonly kind: "refused"; readonly reason: string };

/** No film comes near this; a larger file is not read into memory. */
const largestFile = 200e6;

/**
 * Reads, checks and stores the film that a row names.
 * @param folders where it may lie; @param files its path below one of them, likeliest first
 * @throws what the store throws: a full disk ends the import, it is no fault of the row
 */
export async function takeFilm(
  folders: readonly string[],
  files: readonly string[],
  store: ObjectStore,
  known: (sha256: string) => boolean,
): Promise<FilmOutcome> {
  const bytes = await firstFile(folders, files);
  if (bytes === null) return { kind: "missing" };
  if (bytes === "too large") return { kind: "refused", reason: "the file is larger than 200 MB" };
  try {
    const { sha256, stored } = await storeFilm(bytes, store, known);
    return { kind: "stored", sha256, film: stored };
  } catch (error) {
    if (error instanceof ExpectedFailure && error.failure.code === "invalid") {
      return { kind: "refused", reason: error.message };
    }
    throw error;
  }
}

async function firstFile(
  folders: readonly string[],
  files: readonly string[],
): Promise<Buffer | "too large" | null> {
  for (const file of files) {
    for (const folder of folders) {
      const place = path.resolve(folder, file);
      // A table is data from outside: its paths stay inside the folder that the user named.
      if (!place.startsWith(folder + path.sep)) continue;
      try {
        const bytes = await readFile(place);
        return bytes.length > largestFile ? "too large" : bytes;
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        if (code === "ERR_FS_FILE_TOO_LARGE") return "too large";
        if (code !== "ENOENT" && code !== "ENOTDIR" && code !== "EISDIR" && code !== "ENAMETOOLONG")
          throw error;
      }
    }
  }
  return null;
}
