import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort, type S3Server, s3ServerInstalled, startS3Server } from "./s3-server.fixture";
import { s3Store } from "./s3-store";

describe.skipIf(!s3ServerInstalled())("a bucket that can't be used", () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  });
  afterAll(() => server.stop());

  it("is told apart from an object that is not there: unknown bucket", async () => {
    const store = s3Store({ ...server.settings, bucket: "nobody-made-this" });
    await expect(store.put(randomBytes(10))).rejects.toMatchObject({ name: "NoSuchBucket" });
    await expect(store.check()).rejects.toMatchObject({ name: "NoSuchBucket" });
  });

  it("is told apart from an object that is not there: wrong key", async () => {
    const store = s3Store({ ...server.settings, secretAccessKey: "another secret" });
    await expect(store.check()).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it("fails, and does not hang, when nobody listens", async () => {
    const store = s3Store({ ...server.settings, endpoint: `http://127.0.0.1:${await freePort()}` });
    await expect(store.get("a".repeat(64))).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  it("fails, and does not hang, when the server takes the call and is silent", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const store = s3Store({ ...server.settings, endpoint: `http://127.0.0.1:${port}`, patienceMs: 200 });
    await expect(store.get("a".repeat(64))).rejects.toMatchObject({ name: "TimeoutError" });
    silent.close();
  });
});
