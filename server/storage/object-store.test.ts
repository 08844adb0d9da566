import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ExpectedFailure } from "@/server/lib/errors";
import { folderStore } from "./folder-store";
import type { ObjectStore } from "./object-store";
import { s3ServerInstalled, startS3Server } from "./s3-server.fixture";
import { s3Store } from "./s3-store";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const installed = s3ServerInstalled();

/** What every store has to keep, whatever is behind it. */
function keepsItsPromises(open: () => Promise<{ store: ObjectStore; close(): Promise<void> }>): void {
  let store: ObjectStore;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ store, close } = await open());
  });
  afterAll(() => close());

  it("gives bytes back under their SHA-256", async () => {
    const bytes = randomBytes(20_000);
    const key = await store.put(bytes, "image/png");
    expect(key).toBe(sha256(bytes));
    expect(await store.has(key)).toBe(true);
    expect(Buffer.compare(await store.get(key), bytes)).toBe(0);
  });

  it.each([
    ["an empty object", 0],
    ["one byte", 1],
    ["24 MB", 24e6],
  ])("streams %s with its size", async (_, length) => {
    const bytes = randomBytes(length);
    const { body, size } = await store.stream(await store.put(bytes));
    expect(size).toBe(length);
    expect(sha256(await buffer(body))).toBe(sha256(bytes));
  });

  it("takes the same bytes again, one after the other and at once", async () => {
    const bytes = randomBytes(50_000);
    const keys = [await store.put(bytes), await store.put(bytes)];
    const fresh = randomBytes(50_000);
    keys.push(...(await Promise.all(Array.from({ length: 8 }, () => store.put(fresh)))));
    expect(new Set(keys)).toEqual(new Set([sha256(bytes), sha256(fresh)]));
    expect(Buffer.compare(await store.get(sha256(fresh)), fresh)).toBe(0);
  });

  it("says not-found for what it does not hold", async () => {
    const key = sha256(randomBytes(8));
    expect(await store.has(key)).toBe(false);
    await expect(store.get(key)).rejects.toMatchObject(notFound);
    await expect(store.stream(key)).rejects.toMatchObject(notFound);
    await expect(store.remove(key)).resolves.toBeUndefined();
  });

  it.each(["", "..", "../../etc/passwd", "A".repeat(64), "a".repeat(63), `${"a".repeat(64)}/x`])(
    "takes %j for no key",
    async (key) => {
      await expect(store.get(key)).rejects.toBeInstanceOf(ExpectedFailure);
      await expect(store.stream(key)).rejects.toBeInstanceOf(ExpectedFailure);
      await expect(store.remove(key)).rejects.toBeInstanceOf(ExpectedFailure);
    },
  );

  it("forgets what is removed, and nothing else", async () => {
    const [kept, removed] = [await store.put(randomBytes(10)), await store.put(randomBytes(10))];
    await store.remove(removed);
    expect(await store.has(removed)).toBe(false);
    expect(await store.has(kept)).toBe(true);
  });

  it("checks itself", async () => {
    await expect(store.check()).resolves.toBeUndefined();
  });
}

const notFound = { failure: { code: "not-found" } };

describe("a folder", () => {
  keepsItsPromises(async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "overread-objects-"));
    return { store: folderStore(folder), close: () => rm(folder, { recursive: true, force: true }) };
  });
});

describe.skipIf(!installed)("a bucket of a real S3 server", () => {
  keepsItsPromises(async () => {
    const server = await startS3Server();
    return { store: s3Store(server.settings), close: server.stop };
  });
});

it.runIf(!installed)("S3 is not tested: versitygw is not installed", (context) =>
  context.skip(
    "go install github.com/versity/versitygw/cmd/versitygw@latest puts the S3 server that these tests need on the path",
  ),
);
