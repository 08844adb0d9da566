import { realpath } from "node:fs/promises";
import path from "node:path";
import { dataFolder, env } from "@/server/lib/env";
import { ExpectedFailure } from "@/server/lib/errors";

/** Folders of the server from which people may import: OVERREAD_IMPORT_ROOTS, and `imports` of the data folder. */
export function importRoots(): string[] {
  const named =
    env()
      .OVERREAD_IMPORT_ROOTS?.split(path.delimiter)
      .filter((place) => place !== "") ?? [];
  return [...named, path.join(dataFolder(), "imports")].map((place) => path.resolve(place));
}

/**
 * Checks that a folder named in the browser lies below an allowed one, links resolved. What lies elsewhere is
 * refused in the same words whether it exists or not.
 */
export async function allowedSource(source: string): Promise<string> {
  const refused = new ExpectedFailure(
    "not-found",
    `There is no such folder below ${importRoots().join(" or ")}. The server's OVERREAD_IMPORT_ROOTS says where imports may lie.`,
  );
  const place = await realpath(path.resolve(source)).catch(() => null);
  if (place === null) throw refused;
  const roots = await Promise.all(importRoots().map((root) => realpath(root).catch(() => null)));
  if (roots.some((root) => root !== null && (place === root || place.startsWith(root + path.sep))))
    return place;
  throw refused;
}
