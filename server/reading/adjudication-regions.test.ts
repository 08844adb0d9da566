import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { reads } from "@/server/db/schema";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { type Cast, decide, open, plantDisagreements } from "./adjudication.fixture";
import { keepCase } from "./adjudication-hold";
import { takeCase } from "./adjudication-take";
import { undoAdjudication } from "./adjudication-undo";
import { adjudicationRoom, readingRoom } from "./queries";
import { plantRoom, shell, take } from "./reading.fixture";
import { submitRead } from "./submit";
import { createWorklist } from "./worklist-commands";

testDatabase();

// Planted films have 320 × 390 pixels; pneumonia has position 7.
const pneumonia = ".......+.......";
const box = { finding: 7, shape: "rectangle", x: 20, y: 30, width: 100, height: 90 } as const;

let cast: Cast;
beforeEach(async () => {
  const [ada, ben] = [await personWith("reader"), await personWith("reader")];
  cast = { ada, ben, eve: await personWith("adjudicator"), kim: await personWith("adjudicator") };
});

/** Ada has drawn a box where Ben sees nothing; Eve decides. */
async function disagreement() {
  const { ada, ben, eve } = cast;
  const people = [Promise.resolve(ada), Promise.resolve(ben)] as const;
  const { worklist, studies } = await plantRoom(people, ["", ""], { readsWanted: 2 });
  const [image = 0, foreign = 0] = studies.map(({ imageId }) => imageId);
  const region = { image, ...box };
  const read = async (reader: typeof ada, labels: string, regions: (typeof region)[]) =>
    valueIn(
      await submitRead(reader, {
        item: await take(reader, worklist),
        key: randomUUID(),
        labels,
        regions,
      }),
    );
  await read(ada, pneumonia, [region]);
  await read(ben, ".......-.......", []);
  return { worklist, region, foreign, eve, held: await open(eve, worklist) };
}

describe("regions of a decision", () => {
  it("are kept of a reader's with the decision, and come back with an undo", async () => {
    const { worklist, region, eve, held } = await disagreement();
    expect(held.reads.map(({ regions }) => regions)).toEqual([[region], []]);
    const own = { ...region, shape: "ellipse", x: 150 } as const;
    valueIn(await decide(eve, held, pneumonia, { regions: [region, own] }));
    const [kept] = await database().select().from(reads).where(eq(reads.readerId, eve.userId));
    expect(kept).toMatchObject({ kind: "adjudication", regions: [region, own] });
    const undone = valueIn(await undoAdjudication(eve, { worklist }));
    expect(undone.taken?.draft?.regions).toEqual([region, own]);
  });

  it("are kept with what was decided so far", async () => {
    const { worklist, region, eve, held } = await disagreement();
    const draft = { labels: pneumonia, settled: [7], regions: [region] };
    valueIn(await keepCase(eve, { item: held.study.item, draft }));
    expect((await open(eve, worklist)).draft?.regions).toEqual([region]);
  });

  it.each([
    ["outside the film", { x: 221 }, /outside its film of 320 × 390/],
    ["before its first pixel", { y: -1 }, /^Y: Too small/],
    ["of a finding that the decision denies", { finding: 6 }, /positive or uncertain/],
  ])("%s are refused, and the case stays open", async (_, wrong, message) => {
    const { worklist, region, eve, held } = await disagreement();
    const answer = await decide(eve, held, ".......+", { regions: [{ ...region, ...wrong }] });
    expect(answer).toMatchObject({ ok: false, code: "invalid", message: expect.stringMatching(message) });
    expect((await open(eve, worklist)).study.item).toBe(held.study.item);
  });

  it("on another study's film are refused", async () => {
    const { region, foreign, eve, held } = await disagreement();
    const answer = await decide(eve, held, pneumonia, { regions: [{ ...region, image: foreign }] });
    expect(answer).toMatchObject({ code: "invalid", message: expect.stringMatching(/not of this study/) });
  });
});

describe("the page of an adjudicator", () => {
  it("names the films of the case that comes next, and none after the last", async () => {
    const { eve, worklist, studies } = await plantDisagreements(cast, [
      ["+", "-"],
      ["+", "+"],
      ["-", "+"],
    ]);
    const first = valueIn(await takeCase(eve, { worklist }));
    expect(first.upcoming).toEqual([studies[2]?.imageId]);
    if (!first.taken) throw new Error("no case");
    valueIn(await decide(eve, first.taken, "+"));
    expect(valueIn(await takeCase(eve, { worklist }))).toMatchObject({
      taken: { position: 3 },
      upcoming: [],
    });
  });

  it("opens for a worklist that others were chosen to read, whose reading room stays closed", async () => {
    const { studies } = await plantRoom([Promise.resolve(cast.ada), Promise.resolve(cast.ben)], [""]);
    const query = { kind: "selection", studies: studies.map(({ studyId }) => studyId) } as const;
    const made = await createWorklist(shell, { name: "chosen", query, readers: [cast.ada.userId] });
    const worklist = valueIn(made).id;
    expect(await adjudicationRoom(cast.eve, { worklist })).toMatchObject({ ok: true });
    expect(await readingRoom(cast.eve, { worklist })).toMatchObject({ code: "forbidden" });
    expect(await adjudicationRoom(cast.ada, { worklist })).toMatchObject({ code: "forbidden" });
    expect(await adjudicationRoom(cast.eve, { worklist: 99_999 })).toMatchObject({ code: "not-found" });
  });
});
