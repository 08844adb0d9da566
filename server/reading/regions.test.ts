import { randomUUID } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { reads } from "@/server/db/schema";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { saveDraft } from "./hold";
import { plantRoom, take } from "./reading.fixture";
import type { Region } from "./schema";
import { submitRead } from "./submit";
import { takeNext } from "./take-next";
import { undoRead } from "./undo";

testDatabase();

// Planted films have 320 × 390 pixels; pneumonia has position 7.
const pneumonia = ".......+.......";
const box = { finding: 7, shape: "rectangle", x: 20, y: 30, width: 100, height: 90 } as const;

describe("regions of a read", () => {
  it("are kept with its revision, and come back with an undo", async () => {
    const { ada, worklist, item, image } = await room();
    const regions: Region[] = [
      { image, ...box },
      { image, ...box, shape: "ellipse", x: 0, y: 0, width: 320, height: 390 },
    ];
    valueIn(await submitRead(ada, { item, labels: pneumonia, key: randomUUID(), regions }));
    const rows = await database().select().from(reads).where(eq(reads.itemId, item)).orderBy(desc(reads.id));
    expect(rows[0]?.regions).toEqual(regions);
    const undone = valueIn(await undoRead(ada, { worklist }));
    expect(undone.study?.draft).toMatchObject({ labels: pneumonia, regions });
  });

  it("are kept with a draft", async () => {
    const { ada, worklist, item, image } = await room();
    const regions = [{ image, ...box }];
    valueIn(await saveDraft(ada, { item, labels: pneumonia, regions }));
    expect(valueIn(await takeNext(ada, { worklist })).study?.draft?.regions).toEqual(regions);
  });

  it.each([
    ["outside the film to the right", { x: 221 }, /outside its film of 320 × 390/],
    ["outside the film below", { y: 300.5 }, /outside its film/],
    ["before the film's first pixel", { x: -1 }, /^X: Too small/],
    ["without width", { width: 0 }, /needs a width/],
    ["of a finding that the read denies", { finding: 6 }, /positive or uncertain/],
    ["of a finding that there is not", { finding: 77 }, /positive or uncertain/],
    ["that is no number", { height: Number.NaN }, /^Height: Invalid/],
  ])("%s are refused, and nothing is kept", async (_, wrong, message) => {
    const { ada, item, image } = await room();
    const regions = [{ image, ...box, ...wrong }];
    const answer = await submitRead(ada, { item, labels: "......-+", key: randomUUID(), regions });
    expect(answer).toMatchObject({ ok: false, code: "invalid", message: expect.stringMatching(message) });
    expect(await database().select().from(reads).where(eq(reads.itemId, item))).toEqual([]);
  });

  it("on another study's film are refused", async () => {
    const { ada, item, foreign } = await room();
    const regions = [{ image: foreign, ...box }];
    const answer = await submitRead(ada, { item, labels: pneumonia, key: randomUUID(), regions });
    expect(answer).toMatchObject({ ok: false, message: expect.stringMatching(/not of this study/) });
  });
});

async function room() {
  const people = [personWith("reader"), personWith("reader")] as const;
  const { worklist, studies, ada } = await plantRoom(people, ["", ""]);
  const item = await take(ada, worklist);
  const [image = 0, foreign = 0] = studies.map(({ imageId }) => imageId);
  return { ada, worklist, item, image, foreign };
}
