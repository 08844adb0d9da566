import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { ExpectedFailure } from "@/server/lib/errors";
import { type Bringing, bringWheel } from "./bring-wheel";
import type { EngineBuild } from "./build";
import { addonFile, engineCache, type InstalledRecord, installedIn, writeRecord } from "./cache";
import { type Compiler, compileAddon, findCompiler } from "./compile";
import { cudaWheels, isCudaLibrary } from "./cuda";
import { withLock } from "./lock";

export type Obtaining = Bringing & { onStep?(line: string): void };

/**
 * Sees to it that a build is in the cache: its libraries from the package index, its addon compiled here. A
 * second process waits for the first; what a killed one left is swept away and made again.
 * @throws ExpectedFailure "unavailable" or "invalid" with the one thing that is missing
 */
export async function obtainEngine(
  build: EngineBuild,
  obtaining: Obtaining,
): Promise<{ readonly folder: string; readonly record: InstalledRecord }> {
  const folder = path.join(engineCache(), build.name);
  const present = await installedIn(folder);
  if (present) return { folder, record: present };
  // Asked before the long download, which would be in vain.
  const compiler = await findCompiler();
  await mkdir(path.dirname(folder), { recursive: true });
  const onWait = () => obtaining.onStep?.("Another process is installing the engine; waiting for it …");
  const record = await withLock(`${folder}.lock`, { signal: obtaining.signal, onWait }, async () => {
    const meanwhile = await installedIn(folder);
    return meanwhile ?? makeIn(`${folder}.partial`, folder, build, compiler, obtaining);
  });
  return { folder, record };
}

async function makeIn(
  draft: string,
  folder: string,
  build: EngineBuild,
  compiler: Compiler,
  obtaining: Obtaining,
): Promise<InstalledRecord> {
  await sweep(draft);
  await mkdir(draft);
  try {
    const record = await make(draft, build, compiler, obtaining);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
    return record;
  } finally {
    await sweep(draft);
  }
}

/** A pip whose installation was killed may still write: its folder is taken from under it, and it ends. */
async function sweep(draft: string): Promise<void> {
  await rm(draft, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

async function make(
  draft: string,
  build: EngineBuild,
  compiler: Compiler,
  obtaining: Obtaining,
): Promise<InstalledRecord> {
  const libraries = build.libraries.map((library) => `tensorflow/${library}`);
  const keep = (entry: string) => libraries.includes(entry) || isHeader(entry) || isMetadata(entry);
  obtaining.onStep?.(`Bringing ${build.project} ${build.version}, some 300 MB, once for all checkouts …`);
  const main = await bringWheel(draft, build, keep, obtaining);
  if (!libraries.every((library) => main.files.includes(library))) {
    throw new ExpectedFailure(
      "invalid",
      `The wheel of ${build.project} does not hold ${libraries.join(", ")}.`,
    );
  }
  const wheels = [main];
  if (build.flavour === "cuda") {
    for (const wheel of await cudaWheels(draft, main.files.find(isMetadata) ?? "")) {
      const accepts = (filename: string) => filename.includes("x86_64");
      wheels.push(await bringWheel(draft, { ...build, ...wheel, accepts }, isCudaLibrary, obtaining));
    }
  }
  obtaining.onStep?.(`Compiling the addon with ${compiler.program} …`);
  await compileAddon(draft, build.libraries, compiler.program, obtaining.signal);
  return writeRecord(draft, {
    flavour: build.flavour,
    tensorflow: build.version,
    wheels: wheels.map(({ project, version, sha256 }) => ({ project, version, sha256 })),
    compiler: compiler.version,
    files: [addonFile, ...libraries, ...wheels.flatMap(({ files }) => files.filter(isCudaLibrary))],
    installedAt: new Date().toISOString(),
  });
}

/** The headers that the addon's sources reach; the wheel has 12,000 more. */
function isHeader(entry: string): boolean {
  return /^tensorflow\/include\/(tensorflow\/c|tensorflow\/core\/platform|tsl\/platform|xla\/tsl\/c)\/.*\.h$/.test(
    entry,
  );
}

function isMetadata(entry: string): boolean {
  return /^[^/]+\.dist-info\/METADATA$/.test(entry);
}
