import { ExpectedFailure, messageOf } from "@/server/lib/errors";
import { type EngineBuild, engineBuild, type Flavour } from "./build";
import { chosenFlavour, engineCache, type InstalledRecord } from "./cache";
import { hasGpu } from "./cuda";
import { type ExaminedEngine, examineEngine } from "./examine";
import { linkAddon, unlinkAddon } from "./link";
import { type Obtaining, obtainEngine } from "./obtain";

export type InstalledEngine = {
  readonly engine: ExaminedEngine;
  readonly record: InstalledRecord;
  readonly folder: string;
};

/**
 * Puts the native engine in force for this checkout: obtains the build, links it, and has it prove itself in a
 * process of its own, so that a build that crashes takes nobody along.
 * @throws ExpectedFailure with what is missing or wrong; nothing is linked then, and WebAssembly goes on
 */
export async function installEngine(build: EngineBuild, obtaining: Obtaining): Promise<InstalledEngine> {
  const { folder, record } = await putInPlace(build, obtaining);
  try {
    return { engine: await examineEngine("native"), record, folder };
  } catch (cause) {
    await unlinkAddon();
    throw new ExpectedFailure("unavailable", messageOf(cause), undefined, { cause });
  }
}

/** A folder that cannot be written or a disk that is full is no fault of ours: said as what it is. */
async function putInPlace(build: EngineBuild, obtaining: Obtaining) {
  try {
    const obtained = await obtainEngine(build, obtaining);
    await linkAddon(obtained.folder);
    return obtained;
  } catch (cause) {
    if (obtaining.signal.aborted || typeof (cause as NodeJS.ErrnoException).code !== "string") throw cause;
    throw new ExpectedFailure(
      "unavailable",
      `The native engine cannot be put in place (${messageOf(cause)}): ${engineCache()} needs to be writable and have 2 GB free; OVERREAD_ENGINE_CACHE names another folder.`,
      undefined,
      { cause },
    );
  }
}

/** The build that fits this machine: as asked for, else as chosen before, else by whether there is a GPU. */
export async function buildForThisMachine(asked?: Flavour): Promise<EngineBuild> {
  const chosen = await chosenFlavour();
  const flavour = asked ?? (chosen === "wasm" ? null : chosen) ?? ((await hasGpu()) ? "cuda" : "cpu");
  return engineBuild(process.platform, process.arch, flavour);
}
