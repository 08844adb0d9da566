import { createHash, randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { ExpectedFailure } from "@/server/lib/errors";
import type { ObjectStore } from "./object-store";

export type S3Settings = {
  readonly bucket: string;
  readonly endpoint?: string;
  readonly region: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  /** Milliseconds after which a silent server counts as gone (each of three tries). */
  readonly patienceMs?: number;
};

/** Objects of an S3 bucket, under `objects/ab/cdef…`. Without keys the SDK's own chain finds credentials. */
export function s3Store(settings: S3Settings): ObjectStore {
  const { bucket, endpoint, region, accessKeyId, secretAccessKey, patienceMs = 60_000 } = settings;
  const client = new S3Client({
    region,
    endpoint,
    forcePathStyle: endpoint !== undefined,
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
    // Without these a call to a server that went silent never ends.
    requestHandler: { connectionTimeout: 5_000, requestTimeout: patienceMs, throwOnRequestTimeout: true },
  });
  const at = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new ExpectedFailure("not-found", "No such object.");
    return { Bucket: bucket, Key: `objects/${sha256.slice(0, 2)}/${sha256.slice(2)}` };
  };
  const store: ObjectStore = {
    kind: "s3",
    async has(sha256) {
      return client.send(new HeadObjectCommand(at(sha256))).then(() => true, absent);
    },
    async put(bytes, mediaType) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      if (await store.has(sha256)) return sha256;
      await client.send(new PutObjectCommand({ ...at(sha256), Body: bytes, ContentType: mediaType }));
      return sha256;
    },
    async get(sha256) {
      const answer = await client.send(new GetObjectCommand(at(sha256))).catch(missing);
      if (!answer.Body) throw new ExpectedFailure("not-found", "No such object.");
      return Buffer.from(await answer.Body.transformToByteArray());
    },
    async stream(sha256) {
      const answer = await client.send(new GetObjectCommand(at(sha256))).catch(missing);
      // In Node the SDK's body is a Readable; the type also covers browsers.
      return { body: answer.Body as Readable, size: answer.ContentLength ?? 0 };
    },
    async remove(sha256) {
      await client.send(new DeleteObjectCommand(at(sha256)));
    },
    async check() {
      const sha256 = await store.put(Buffer.from(`check ${randomUUID()}`));
      await store.get(sha256);
      await store.remove(sha256);
    },
  };
  return store;
}

function absent(error: unknown): false {
  if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return false;
  throw error;
}

function missing(error: unknown): never {
  if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) {
    throw new ExpectedFailure("not-found", "No such object.", undefined, { cause: error });
  }
  throw error;
}
