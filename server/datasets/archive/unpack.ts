import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import type { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FileKind } from "./file-kind";
import { type ArchiveLimits, type ArchiveMeter, archiveLimits, archiveMeter, refuseArchive } from "./limits";
import { unpackTar } from "./unpack-tar";
import { unpackZip } from "./unpack-zip";

export type Unpacked = { readonly files: number; readonly bytes: number };
export type UnpackProgress = (filesDone: number) => void;

/** Where an unpacker puts an entry; knows the folder and the limits. */
export type Unpacking = {
  readonly limits: ArchiveLimits;
  readonly meter: ArchiveMeter;
  readonly signal: AbortSignal | undefined;
  /** Writes one file below the folder; the same name twice is refused. */
  write(file: string, content: readonly [Readable, ...Transform[]]): Promise<void>;
};

/**
 * Unpacks an archive's tables and films into a folder of its own, which is emptied first and removed again when
 * anything fails. Nothing is written outside it, no link is made, archives in the archive stay packed.
 * @throws ExpectedFailure("invalid") with the reason why the archive is refused
 */
export async function unpackArchive(
  archive: { readonly file: string; readonly kind: Exclude<FileKind, "csv" | "csv.gz"> },
  folder: string,
  options: {
    readonly limits?: ArchiveLimits;
    readonly signal?: AbortSignal;
    readonly onProgress?: UnpackProgress;
  } = {},
): Promise<Unpacked> {
  const { limits = archiveLimits, signal, onProgress } = options;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const meter = archiveMeter(limits);
  let files = 0;
  const unpacking: Unpacking = {
    limits,
    meter,
    signal,
    async write(file, content) {
      const place = path.join(folder, file);
      await mkdir(path.dirname(place), { recursive: true }).catch(clash(file));
      const to = createWriteStream(place, { flags: "wx", mode: 0o644 });
      await pipeline([...content, to], { signal }).catch(clash(file));
      files += 1;
      onProgress?.(files);
    },
  };
  try {
    if (archive.kind === "zip") await unpackZip(archive.file, unpacking);
    else await unpackTar(archive.file, archive.kind === "tar.gz", unpacking);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return { files, bytes: meter.total() };
}

/** A file where a folder should be, or twice the same file. */
function clash(file: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    if (error.code === "EEXIST" || error.code === "ENOTDIR" || error.code === "EISDIR") {
      throw refuseArchive(`“${file}” is in it twice`, error);
    }
    throw error;
  };
}
