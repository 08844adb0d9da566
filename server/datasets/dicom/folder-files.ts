import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { type FilmFile, isBelow } from "../import/rows";

/**
 * Files of a folder and all below, in the order of their paths, which is what numbers them; or the one file that
 * was named. Hidden files and the directory of a disc (DICOMDIR, PS3.10, 8.6) are no films.
 * @param roots folders that a file must lie below, links resolved; null: links may lead anywhere
 */
export async function folderFiles(
  place: string,
  roots: readonly string[] | null,
): Promise<readonly FilmFile[]> {
  const named = await stat(place);
  if (named.isFile()) return [{ place, bytes: named.size }];
  const entries = await readdir(place, { withFileTypes: true, recursive: true });
  const places = entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "DICOMDIR")
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  const files: FilmFile[] = [];
  for (const file of places) {
    const found = await stat(file).catch(() => null);
    if (!found?.isFile()) continue;
    if (roots && !isBelow(await realpath(file), roots)) continue;
    files.push({ place: file, bytes: found.size });
  }
  return files;
}
