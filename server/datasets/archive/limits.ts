import { ExpectedFailure } from "@/server/lib/errors";

export type ArchiveLimits = {
  readonly entries: number;
  /** Bytes after unpacking, all entries together. */
  readonly bytes: number;
  /** Unpacked bytes per packed byte. */
  readonly ratio: number;
  /** Up to this many bytes the ratio is not asked: a short text packs far better than any film. */
  readonly ratioFrom: number;
};

/** The largest public dataset of this kind unpacks to under 50 GB; films hardly pack, tables about 20:1. */
export const archiveLimits: ArchiveLimits = {
  entries: 200_000,
  bytes: 50e9,
  ratio: 100,
  ratioFrom: 1e6,
};

export function refuseArchive(reason: string, cause?: unknown): ExpectedFailure {
  return new ExpectedFailure("invalid", `The archive was refused: ${reason}.`, undefined, { cause });
}

/** Counts what an archive unpacks to. Each method throws ExpectedFailure("invalid") where a limit is passed. */
export function archiveMeter(limits: ArchiveLimits) {
  let entries = 0;
  let unpacked = 0;
  return {
    entry(): void {
      entries += 1;
      if (entries > limits.entries) {
        throw refuseArchive(`it holds more than ${limits.entries.toLocaleString("en")} entries`);
      }
    },
    /** @param packed how many bytes of the archive these stand for, as far as can be told */
    ratio(name: string, bytes: number, packed: number): void {
      if (bytes > limits.ratioFrom && bytes > packed * limits.ratio) {
        throw refuseArchive(`“${name}” unpacks to more than ${limits.ratio} times its size`);
      }
    },
    unpacked(bytes: number): void {
      unpacked += bytes;
      if (unpacked > limits.bytes) {
        throw refuseArchive(`it unpacks to more than ${Math.round(limits.bytes / 1e9)} GB`);
      }
    },
    total: () => unpacked,
  };
}
export type ArchiveMeter = ReturnType<typeof archiveMeter>;
