import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { projectRoot, startChild } from "./child";

const marker = path.join(projectRoot, ".next", "overread-sources");
/** `next build` has been seen to stand still for ever (stack.md, 1); a build here takes about a minute. */
const limitMs = 10 * 60_000;

/** Builds the web application unless the build that is there is of just these sources. */
export async function ensureBuild(): Promise<void> {
  const sources = await sourcesFingerprint();
  const built = existsSync(path.join(projectRoot, ".next", "BUILD_ID"));
  if (built && existsSync(marker) && (await readFile(marker, "utf8")) === sources) return;
  const next = path.join(projectRoot, "node_modules", "next", "dist", "bin", "next");
  const build = startChild("build", [next, "build"], {
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
  });
  const timer = setTimeout(() => void build.stop(0), limitMs);
  const code = await build.ended;
  clearTimeout(timer);
  if (code !== 0) throw new Error(`The web application could not be built (${code}).`);
  await writeFile(marker, sources);
}

/** Paths, sizes and times of everything that the build reads. */
async function sourcesFingerprint(): Promise<string> {
  const hash = createHash("sha256");
  for (const place of ["app", "server", "public"]) {
    const entries = await readdir(path.join(projectRoot, place), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"));
    const names = files.map((entry) => path.join(entry.parentPath, entry.name)).sort();
    for (const name of names) await addFile(hash, name);
  }
  for (const name of [
    "package-lock.json",
    "next.config.ts",
    "proxy.ts",
    "tsconfig.json",
    "postcss.config.mjs",
  ]) {
    const file = path.join(projectRoot, name);
    if (existsSync(file)) await addFile(hash, file);
  }
  return hash.digest("hex");
}

async function addFile(hash: ReturnType<typeof createHash>, file: string): Promise<void> {
  const { size, mtimeMs } = await stat(file);
  hash.update(`${path.relative(projectRoot, file)}\0${size}\0${mtimeMs}\n`);
}
