import { realpath } from "node:fs/promises";
import path from "node:path";
import { dataFolder, env } from "@/server/lib/env";
import { ExpectedFailure } from "@/server/lib/errors";
import { isBelow } from "./rows";

/** Folders of the server from which people may import: OVERREAD_IMPORT_ROOTS, and `imports` of the data folder. */
export function importRoots(): readonly string[] {
  const named = env().OVERREAD_IMPORT_ROOTS?.split(path.delimiter) ?? [];
  return [...named.filter((place) => place !== ""), path.join(dataFolder(), "imports")].map((place) =>
    path.resolve(place),
  );
}

/** Those of them that exist, links resolved. */
export async function allowedRoots(): Promise<readonly string[]> {
  const places = await Promise.all(importRoots().map((root) => realpath(root).catch(() => null)));
  return places.filter((place) => place !== null);
}

/**
 * Checks that a folder or table named in the browser lies below an allowed folder, links resolved, and returns
 * where it lies. What is elsewhere is refused in the same words whether it exists or not.
 */
export async function allowedSource(source: string): Promise<string> {
  const place = await realpath(path.resolve(source)).catch(() => null);
  if (place !== null && isBelow(place, await allowedRoots())) return place;
  throw new ExpectedFailure("not-found", "There is no such folder or table below a folder for imports.");
}
