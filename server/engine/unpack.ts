import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { openPromise } from "yauzl";
import { ExpectedFailure, messageOf } from "@/server/lib/errors";

/**
 * Unpacks what is wanted of a wheel into a folder, under the names it has there.
 * @returns the files that were written, relative
 * @throws ExpectedFailure "invalid" for a file that is no whole zip
 */
export async function unpackWheel(
  wheel: string,
  folder: string,
  wanted: (entry: string) => boolean,
  signal: AbortSignal,
): Promise<string[]> {
  const written: string[] = [];
  try {
    // yauzl refuses names that lead out of the folder.
    const zip = await openPromise(wheel);
    try {
      for await (const entry of zip.eachEntry()) {
        if (entry.fileName.endsWith("/") || !wanted(entry.fileName)) continue;
        const target = path.join(folder, entry.fileName);
        await mkdir(path.dirname(target), { recursive: true });
        await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target), { signal });
        written.push(entry.fileName);
      }
    } finally {
      zip.close();
    }
  } catch (cause) {
    // A full disk or a stop are what they are; anything else is the file.
    if (signal.aborted || typeof (cause as NodeJS.ErrnoException).code === "string") throw cause;
    const name = path.basename(wheel);
    throw new ExpectedFailure("invalid", `${name} cannot be unpacked: ${messageOf(cause)}.`, undefined, {
      cause,
    });
  }
  return written;
}
