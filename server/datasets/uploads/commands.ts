import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, statfs } from "node:fs/promises";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { Actor } from "@/server/auth/actor";
import { command, query } from "@/server/auth/command";
import { dataFolder } from "@/server/lib/env";
import { ExpectedFailure, fail, ok } from "@/server/lib/errors";
import { beginUploadInput, chunkBytes, type UploadState, uploadId } from "./schema";
import { findUpload, makeUpload, removeOldUploads, removeUpload, type Upload } from "./upload-files";

/** Makes room for a file that will come in pieces. Errors: unavailable where the disk cannot take it. */
export const beginUpload = command({
  name: "upload.begin",
  permission: "datasets.import",
  input: beginUploadInput,
  async run({ actor, input: { name, size }, audit }) {
    const userId = uploaderOf(actor);
    await removeOldUploads(userId, Date.now());
    await mkdir(dataFolder(), { recursive: true });
    const { bavail, bsize } = await statfs(dataFolder());
    if (size > bavail * bsize) return fail("unavailable", "The server's disk has no room for this file.");
    const upload = await makeUpload(userId, randomUUID(), name, size);
    audit({ action: "upload.begun", object: { type: "upload", id: upload.uploadId }, after: { name, size } });
    return ok({ ...stateOf(upload), chunkBytes });
  },
});

/**
 * Takes the next piece of a file, at most `chunkBytes`. Errors: conflict, with how much has come, where the
 * piece does not begin there; a cut connection leaves what came, and the sender goes on behind it.
 */
export const receiveChunk = query({
  name: "upload.receive",
  permission: "datasets.import",
  input: z.object({
    id: uploadId,
    offset: z.coerce.number().int().min(0),
    body: z.instanceof(ReadableStream<Uint8Array>),
  }),
  async run({ actor, input: { id, offset, body } }) {
    const upload = await findUpload(uploaderOf(actor), id);
    if (offset !== upload.received) {
      return fail("conflict", "This piece is not the next one.", { received: upload.received });
    }
    await pipeline(
      // The DOM's and Node's ReadableStream are the same object with two types.
      Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]),
      atMost(Math.min(chunkBytes, upload.size - offset)),
      createWriteStream(upload.file, { flags: "r+", start: offset }),
    ).catch(diskFull);
    return ok(stateOf(await findUpload(uploaderOf(actor), id)));
  },
});

export const showUpload = query({
  name: "upload.show",
  permission: "datasets.import",
  input: z.object({ id: uploadId }),
  run: async ({ actor, input: { id } }) => ok(stateOf(await findUpload(uploaderOf(actor), id))),
});

export const discardUpload = command({
  name: "upload.discard",
  permission: "datasets.import",
  input: z.object({ id: uploadId }),
  async run({ actor, input: { id }, audit }) {
    const upload = await findUpload(uploaderOf(actor), id);
    await removeUpload(upload);
    audit({ action: "upload.discarded", object: { type: "upload", id } });
    return ok({ uploadId: id });
  },
});

function uploaderOf(actor: Actor): number {
  if (actor.kind !== "person") throw new ExpectedFailure("invalid", "Uploads belong to a signed-in person.");
  return actor.userId;
}

function stateOf({ uploadId: id, name, size, received, source }: Upload): UploadState {
  return { uploadId: id, name, size, received, source };
}

function atMost(bytes: number): Transform {
  let passed = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      passed += chunk.length;
      done(passed > bytes ? new ExpectedFailure("invalid", "The piece is too large.") : null, chunk);
    },
  });
}

function diskFull(error: NodeJS.ErrnoException): never {
  if (error.code !== "ENOSPC" && error.code !== "EDQUOT") throw error;
  throw new ExpectedFailure("unavailable", "The server's disk is full.", undefined, { cause: error });
}
