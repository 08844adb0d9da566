import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { messageOf } from "@/server/lib/errors";
import { downloadWheel } from "@/server/lib/package-index/download-wheel";
import type { EngineBuild } from "./build";
import { addonFile, engineCache, type InstalledRecord, installedIn, writeRecord } from "./cache";
import { compileAddon, findCompiler } from "./compile";
import { cudaWheels, isCudaLibrary } from "./cuda";
import { linkAddon, unlinkAddon } from "./link";
import { withLock } from "./lock";
import { unpackWheel } from "./unpack";

export type Installing = {
  readonly signal?: AbortSignal;
  /** Loads the linked addon in a process of its own and checks its numbers. @throws Error with the reason */
  prove(): Promise<void>;
  onStep?(line: string): void;
  onProgress?(project: string, done: number, total: number | null): void;
};

/**
 * Installs a build of the native engine: its libraries from the package index, its addon compiled here, both
 * in the cache; then links it into the package and proves it. What is in the cache already is only linked.
 * @throws ExpectedFailure "unavailable" or "invalid" with the one thing that is missing; the engine is then not
 * linked, and WebAssembly goes on
 */
export async function installEngine(build: EngineBuild, installing: Installing): Promise<InstalledRecord> {
  const folder = path.join(engineCache(), build.name);
  const signal = installing.signal ?? new AbortController().signal;
  const record = (await installedIn(folder)) ?? (await makeOnce(build, folder, { ...installing, signal }));
  await linkAddon(folder);
  try {
    await installing.prove();
  } catch (error) {
    await unlinkAddon();
    throw error;
  }
  return record;
}

type Making = Installing & { readonly signal: AbortSignal };

async function makeOnce(build: EngineBuild, folder: string, making: Making): Promise<InstalledRecord> {
  // Asked before the long download, which would be in vain.
  const compiler = await findCompiler();
  await mkdir(path.dirname(folder), { recursive: true });
  const onWait = () => making.onStep?.("Another process is installing the engine; waiting for it …");
  return withLock(`${folder}.lock`, { signal: making.signal, onWait }, async () => {
    const meanwhile = await installedIn(folder);
    if (meanwhile) return meanwhile;
    // Under one name: what a killed installation left is swept away by the next.
    const draft = `${folder}.partial`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft);
    try {
      const record = await make(build, draft, compiler, making);
      await rm(folder, { recursive: true, force: true });
      await rename(draft, folder);
      return record;
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  });
}

async function make(
  build: EngineBuild,
  draft: string,
  compiler: { readonly program: string; readonly version: string },
  making: Making,
): Promise<InstalledRecord> {
  const { signal } = making;
  const libraries = build.libraries.map((library) => `tensorflow/${library}`);
  const wheels = [];
  const bring = async (wanted: Parameters<typeof bringWheel>[1], keep: (entry: string) => boolean) => {
    const { sha256, files } = await bringWheel(draft, wanted, keep, making);
    wheels.push({ project: wanted.project, version: wanted.version, sha256 });
    return files;
  };
  const own = await bring(build, (entry) => libraries.includes(entry) || isHeader(entry) || isMetadata(entry));
  const files = [...libraries];
  if (build.flavour === "cuda") {
    for (const wheel of await cudaWheels(draft, own.find(isMetadata) ?? "")) {
      const accepts = (filename: string) => filename.includes("x86_64");
      const kept = await bring({ ...wheel, accepts, pipFlags: build.pipFlags }, isCudaLibrary);
      files.push(...kept);
    }
  }
  making.onStep?.(`Compiling the addon with ${compiler.program} …`);
  await compileAddon(draft, build.libraries, compiler.program, signal);
  return writeRecord(draft, {
    flavour: build.flavour,
    tensorflow: build.version,
    wheels,
    compiler: compiler.version,
    files: [addonFile, ...files],
    installedAt: new Date().toISOString(),
  });
}

async function bringWheel(
  draft: string,
  wanted: Pick<EngineBuild, "version" | "accepts" | "pipFlags"> & { readonly project: string },
  keep: (entry: string) => boolean,
  { signal, onProgress }: Making,
): Promise<{ sha256: string; files: string[] }> {
  const { project, version, accepts, pipFlags } = wanted;
  const file = path.join(draft, `${project}-${version}.whl`);
  const { sha256 } = await downloadWheel({
    project,
    version,
    accepts,
    pipFlags,
    file,
    signal,
    onProgress: (done, total) => onProgress?.(project, done, total),
  });
  const files = await unpackWheel(file, draft, keep, signal);
  await rm(file);
  return { sha256, files };
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
