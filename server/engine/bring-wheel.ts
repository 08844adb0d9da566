import { rm } from "node:fs/promises";
import path from "node:path";
import { downloadWheel } from "@/server/lib/package-index/download-wheel";
import type { EngineBuild } from "./build";
import { unpackWheel } from "./unpack";

export type Bringing = {
  readonly signal: AbortSignal;
  onProgress?(project: string, done: number, total: number | null): void;
};

export type BroughtWheel = {
  readonly project: string;
  readonly version: string;
  readonly sha256: string;
  /** What was unpacked of it, relative to the folder. */
  readonly files: readonly string[];
};

type Wanted = Pick<EngineBuild, "version" | "accepts" | "pipFlags"> & { readonly project: string };

/** Downloads a wheel into the folder, checks it, unpacks what is to be kept and removes the rest. */
export async function bringWheel(
  folder: string,
  { project, version, accepts, pipFlags }: Wanted,
  keep: (entry: string) => boolean,
  { signal, onProgress }: Bringing,
): Promise<BroughtWheel> {
  const file = path.join(folder, `${project}-${version}.whl`);
  const { sha256 } = await downloadWheel({
    project,
    version,
    accepts,
    pipFlags,
    file,
    signal,
    onProgress: (done, total) => onProgress?.(project, done, total),
  });
  const files = await unpackWheel(file, folder, keep, signal);
  await rm(file);
  return { project, version, sha256, files };
}
