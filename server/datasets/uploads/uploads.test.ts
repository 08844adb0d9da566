import { randomBytes, randomUUID } from "node:crypto";
import { readFile, utimes } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Person } from "@/server/auth/actor";
import { valueOrThrow } from "@/server/auth/command";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { startImport } from "../commands";
import { beginUpload, discardUpload, receiveChunk, showUpload } from "./commands";
import { chunkBytes, largestUpload } from "./schema";
import { findUpload, removeOldUploads } from "./upload-files";

testDatabase();

const body = (...pieces: Buffer[]) => new Blob(pieces.map((piece) => new Uint8Array(piece))).stream();

async function begun(person: Person, size: number, name = "films.zip"): Promise<string> {
  return valueOrThrow(await beginUpload(person, { name, size })).uploadId;
}

describe("an upload", () => {
  it("comes together from its pieces, in order", async () => {
    const person = await personWith("scientist");
    const file = randomBytes(chunkBytes + 5_000);
    const id = await begun(person, file.length);
    const first = await receiveChunk(person, { id, offset: 0, body: body(file.subarray(0, chunkBytes)) });
    expect(valueOrThrow(first)).toMatchObject({ received: chunkBytes, size: file.length });
    const offset = chunkBytes;
    await receiveChunk(person, { id, offset, body: body(file.subarray(offset)) });
    const upload = await findUpload(person.userId, id);
    expect(upload.received).toBe(file.length);
    expect(Buffer.compare(await readFile(upload.file), file)).toBe(0);
  });

  it("goes on where a cut connection left it", async () => {
    const person = await personWith("scientist");
    const file = randomBytes(9_000);
    const id = await begun(person, file.length);
    const cut = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(file.subarray(0, 4_000));
        controller.error(new Error("connection reset"));
      },
    });
    await expect(receiveChunk(person, { id, offset: 0, body: cut })).rejects.toThrow("connection reset");
    const { received } = valueOrThrow(await showUpload(person, { id }));
    expect(received).toBeLessThanOrEqual(4_000);
    const rest = body(file.subarray(received));
    expect(valueOrThrow(await receiveChunk(person, { id, offset: received, body: rest })).received).toBe(
      9_000,
    );
    expect(Buffer.compare(await readFile((await findUpload(person.userId, id)).file), file)).toBe(0);
  });

  it("takes no piece twice, and says where it stands", async () => {
    const person = await personWith("scientist");
    const id = await begun(person, 100);
    await receiveChunk(person, { id, offset: 0, body: body(randomBytes(60)) });
    expect(await receiveChunk(person, { id, offset: 0, body: body(randomBytes(60)) })).toMatchObject({
      ok: false,
      code: "conflict",
      detail: { received: 60 },
    });
  });

  it("takes no more than was announced, and no piece beyond its size", async () => {
    const person = await personWith("scientist");
    const id = await begun(person, 100);
    expect(await receiveChunk(person, { id, offset: 0, body: body(randomBytes(101)) })).toMatchObject({
      ok: false,
      code: "invalid",
    });
    const large = await begun(person, 3 * chunkBytes);
    const piece = body(randomBytes(chunkBytes), randomBytes(1));
    expect(await receiveChunk(person, { id: large, offset: 0, body: piece })).toMatchObject({
      code: "invalid",
    });
  });

  it.each([
    ["empty", 0],
    ["over 20 GB", largestUpload + 1],
    ["half a byte long", 0.5],
  ])("is refused when it is %s", async (_, size) => {
    expect(await beginUpload(await personWith("scientist"), { name: "a.zip", size })).toMatchObject({
      ok: false,
      code: "invalid",
    });
  });

  it("keeps of its name what can be shown, and never a path", async () => {
    const person = await personWith("administrator");
    const id = await begun(person, 10, "..\\..\\evil/../\u0007CheXpert small.zip");
    const upload = await findUpload(person.userId, id);
    expect(upload.name).toBe("CheXpert small.zip");
    expect(path.basename(upload.file)).toBe("file");
  });

  it("is removed when discarded, and after a day", async () => {
    const person = await personWith("scientist");
    const [discarded, old, fresh] = [
      await begun(person, 10),
      await begun(person, 10),
      await begun(person, 10),
    ];
    await discardUpload(person, { id: discarded });
    const dayAgo = new Date(Date.now() - 25 * 3600 * 1000);
    await utimes((await findUpload(person.userId, old)).file, dayAgo, dayAgo);
    await removeOldUploads(person.userId, Date.now());
    const there = await Promise.all(
      [discarded, old, fresh].map(async (id) => (await showUpload(person, { id })).ok),
    );
    expect(there).toEqual([false, false, true]);
  });
});

describe("another's upload", () => {
  it("is not there: to see, to add to, to discard, to import", async () => {
    const [owner, other] = [await personWith("scientist"), await personWith("administrator")];
    const id = await begun(owner, 10);
    const answers = await Promise.all([
      showUpload(other, { id }),
      receiveChunk(other, { id, offset: 0, body: body(randomBytes(10)) }),
      discardUpload(other, { id }),
      startImport(other, { format: "chexpert", source: `upload:${id}/films.zip` }),
      showUpload(other, { id: randomUUID() }),
    ]);
    const message = "There is no such upload. Uploads are kept for a day.";
    for (const answer of answers) expect(answer).toMatchObject({ ok: false, code: "not-found", message });
    expect(valueOrThrow(await showUpload(owner, { id })).received).toBe(0);
  });

  it.each(["reader", "adjudicator"] as const)("and a %s can begin none", async (role) => {
    expect(await beginUpload(await personWith(role), { name: "a.zip", size: 10 })).toMatchObject({
      ok: false,
      code: "forbidden",
    });
  });
});
