import { Transform, type TransformCallback } from "node:stream";
import { createGunzip, type Gunzip } from "node:zlib";
import { type ArchiveLimits, archiveLimits, refuseArchive } from "./limits";

/**
 * Streams through which a gzip file passes to come out unpacked, and which end with a refusal when it grows
 * beyond all measure. Pipe them one behind the other.
 */
export function guardedGunzip(limits: ArchiveLimits = archiveLimits): [Transform, Gunzip, Transform] {
  let packed = 0;
  let unpacked = 0;
  const countPacked = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      packed += chunk.length;
      done(null, chunk);
    },
  });
  const countUnpacked = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      unpacked += chunk.length;
      if (unpacked > limits.ratioFrom && unpacked > packed * limits.ratio) {
        done(refuseArchive(`it unpacks to more than ${limits.ratio} times its size`));
      } else if (unpacked > limits.bytes) {
        done(refuseArchive(`it unpacks to more than ${Math.round(limits.bytes / 1e9)} GB`));
      } else done(null, chunk);
    },
  });
  return [countPacked, createGunzip(), countUnpacked];
}
