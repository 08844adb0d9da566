import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Extract, extract } from "tar-stream";
import { ExpectedFailure, messageOf } from "@/server/lib/errors";
import { entryPath, isWanted } from "./entry-path";
import { guardedGunzip } from "./gunzip";
import { refuseArchive } from "./limits";
import type { Unpacking } from "./unpack";

/** Unpacks a tar, gzipped or not, as it streams by. */
export async function unpackTar(file: string, gzipped: boolean, unpacking: Unpacking): Promise<void> {
  const { signal, limits } = unpacking;
  const entries = extract();
  const bytes = createReadStream(file, { highWaterMark: 1 << 18 });
  const reading = gzipped
    ? pipeline(bytes, ...guardedGunzip(limits), entries, { signal })
    : pipeline(bytes, entries, { signal });
  const taking = takeAll(entries, unpacking).catch((error: unknown) => {
    entries.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  });
  // Both fail when one does; the refusal says more than the broken stream behind it.
  const failures = (await Promise.allSettled([taking, reading])).flatMap((settled) =>
    settled.status === "rejected" ? [settled.reason as unknown] : [],
  );
  if (failures.length > 0) throw explained(failures);
}

async function takeAll(entries: Extract, { meter, write }: Unpacking): Promise<void> {
  for await (const entry of entries) {
    meter.entry();
    const path = entryPath(entry.header.name);
    if (entry.header.type === "symlink" || entry.header.type === "link") {
      throw refuseArchive(`“${path}” is a link`);
    }
    meter.unpacked(entry.header.size ?? 0);
    if (entry.header.type === "file" && isWanted(path)) await write(path, [Readable.from(entry)]);
    else entry.resume();
  }
}

function explained(failures: readonly unknown[]): unknown {
  const refusal = failures.find((failure) => failure instanceof ExpectedFailure);
  if (refusal) return refusal;
  const first = failures.find((failure) => (failure as Error).name === "AbortError") ?? failures[0];
  const code = (first as NodeJS.ErrnoException).code;
  const ofSystem = typeof code === "string" && /^E[A-Z]+$/.test(code);
  if (ofSystem || (first as Error).name === "AbortError") return first;
  return refuseArchive(`it is damaged (${messageOf(first)})`, first);
}
