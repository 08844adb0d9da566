import { stat } from "node:fs/promises";
import { Transform } from "node:stream";
import { type Entry, getFileNameLowLevel, openPromise } from "yauzl";
import { ExpectedFailure, messageOf } from "@/server/lib/errors";
import { entryPath, isWanted } from "./entry-path";
import { refuseArchive } from "./limits";
import type { Unpacking } from "./unpack";

/** Unpacks a zip by its central directory. Sizes are checked before a byte is unpacked, and kept to while it is. */
export async function unpackZip(file: string, { meter, signal, write }: Unpacking): Promise<void> {
  const { size } = await stat(file);
  // Names and sizes are checked here: entryPath says why, and yauzl 3.4 throws past its stream at a wrong size.
  const zip = await openPromise(file, { decodeStrings: false, validateEntrySizes: false }).catch(damaged);
  try {
    for await (const entry of zip.eachEntry()) {
      signal?.throwIfAborted();
      meter.entry();
      const name = nameOf(entry);
      const path = entryPath(name);
      if (isLink(entry)) throw refuseArchive(`“${path}” is a link`);
      if (name.endsWith("/") || !isWanted(path)) continue;
      if (entry.isEncrypted()) throw refuseArchive(`“${path}” is locked with a password`);
      meter.ratio(path, entry.uncompressedSize, entry.compressedSize);
      meter.unpacked(entry.uncompressedSize);
      // Entries that share their packed bytes pass each by itself (Fifield 2019, "A better zip bomb").
      meter.ratio("the archive", meter.total(), size);
      const content = await zip.openReadStreamPromise(entry);
      await write(path, [content, exactly(entry.uncompressedSize, path)]);
    }
  } catch (error) {
    damaged(error);
  } finally {
    zip.close();
  }
}

function nameOf(entry: Entry): string {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
}

/** Passes on as many bytes as the directory promised, and fails at the first one more or when they are fewer. */
function exactly(promised: number, path: string): Transform {
  let passed = 0;
  const wrong = () => refuseArchive(`it is damaged (“${path}” is not as long as the archive says)`);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      passed += chunk.length;
      done(passed > promised ? wrong() : null, chunk);
    },
    flush: (done) => done(passed < promised ? wrong() : null),
  });
}

/** Info-ZIP keeps the Unix mode in the upper half of the external attributes; S_IFLNK is 0o120000. */
function isLink(entry: Entry): boolean {
  return ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;
}

/** yauzl and zlib throw plain errors for whatever is wrong with a file; the system's have a code like ENOSPC. */
function damaged(error: unknown): never {
  const code = (error as NodeJS.ErrnoException).code;
  const ofSystem = typeof code === "string" && /^E[A-Z]+$/.test(code);
  if (error instanceof ExpectedFailure || ofSystem || (error as Error).name === "AbortError") throw error;
  throw refuseArchive(`it is damaged (${messageOf(error)})`, error);
}
