import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { reads } from "@/server/db/schema";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { saveDraft } from "./hold";
import {
  countsDisagree,
  type ListOptions,
  labelsOf,
  plantRoom,
  shell,
  sourceLabels,
  submit,
  take,
} from "./reading.fixture";
import { clearFlag, listSetAside, returnStudy } from "./set-aside";
import { skipStudy } from "./skip";
import { submitRead } from "./submit";
import { takeNext } from "./take-next";
import { undoRead } from "./undo";

testDatabase();

describe("undo", () => {
  it("gives the study back with what was typed, and its labels as they were", async () => {
    const { studies, worklist, ada } = await room([sourceLabels, ""]);
    const studyId = studies[0]?.studyId ?? 0;
    const item = await take(ada, worklist);
    await submit(ada, item, "+..............", { comment: "clear", flagged: true, activeMs: 900 });
    const { study } = valueIn(await undoRead(ada, { worklist }));
    expect(study).toMatchObject({
      item,
      draft: { labels: "+..............", comment: "clear", flagged: true, activeMs: 900 },
    });
    expect(await labelsOf(studyId)).toMatchObject({
      current: sourceLabels,
      origin: "source",
      reads: 0,
      images: [sourceLabels],
      states: ["unread"],
    });
    await submit(ada, item, "-..............");
    const revisions = await database()
      .select()
      .from(reads)
      .where(eq(reads.studyId, studyId))
      .orderBy(reads.id);
    expect(
      revisions.map(({ revision, withdrawn, current, blind }) => [revision, withdrawn, current, blind]),
    ).toEqual([
      [1, false, false, true],
      [2, true, false, true],
      // She saw the source label after the first submission.
      [3, false, true, false],
    ]);
    expect(await countsDisagree(worklist)).toBe(0);
  });

  it("leaves the other reader's read standing", async () => {
    const { studies, worklist, ada, ben } = await room([sourceLabels], { readsWanted: 2 });
    await submit(ada, await take(ada, worklist), "+..............");
    await submit(ben, await take(ben, worklist), "-..............");
    valueIn(await undoRead(ada, { worklist }));
    expect(await labelsOf(studies[0]?.studyId ?? 0)).toMatchObject({
      current: "-..............",
      origin: "read",
    });
  });

  it("goes before the study that the reader holds meanwhile, which keeps its draft", async () => {
    const { worklist, ada } = await room(["", ""]);
    const first = await take(ada, worklist);
    await submit(ada, first, "+");
    const second = await take(ada, worklist);
    const draft = { labels: "-", comment: "half read", flagged: false, activeMs: 5 };
    valueIn(await saveDraft(ada, { item: second, ...draft }));
    expect(valueIn(await undoRead(ada, { worklist })).study?.item).toBe(first);
    await submit(ada, first, "+");
    expect(valueIn(await takeNext(ada, { worklist })).study).toMatchObject({ item: second, draft });
    expect(await countsDisagree(worklist)).toBe(0);
  });

  it("goes back step by step, reads and skips alike, until there is nothing", async () => {
    const { worklist, ada } = await room(["", "", ""]);
    const [first, second] = [await take(ada, worklist), 0];
    await submit(ada, first, "");
    const skipped = await take(ada, worklist);
    valueIn(await skipStudy(ada, { item: skipped, reason: "Rotated", labels: "?" }));
    const third = await take(ada, worklist);
    await submit(ada, third, "");
    const back: (number | undefined)[] = [];
    for (const _ of [1, 2, 3]) back.push(valueIn(await undoRead(ada, { worklist })).study?.item);
    expect(back).toEqual([third, skipped, first]);
    expect(await undoRead(ada, { worklist })).toMatchObject({ ok: false, code: "conflict" });
    expect(await countsDisagree(worklist)).toBe(second);
  });

  it("is each reader's own", async () => {
    const { worklist, ada, ben } = await room(["", ""]);
    await submit(ada, await take(ada, worklist), "");
    expect(await undoRead(ben, { worklist })).toMatchObject({ ok: false, code: "conflict" });
    expect(await undoRead(ben, { worklist: 999_999 })).toMatchObject({ ok: false, code: "not-found" });
  });

  it("of two readers crosswise and at once ends well", async () => {
    const { worklist, ada, ben } = await room(["", ""], { readsWanted: 2 });
    const first = await take(ada, worklist);
    await submit(ada, first, "");
    await submit(ben, await take(ben, worklist), "");
    const second = await take(ben, worklist);
    await submit(ben, second, "");
    valueIn(await undoRead(ben, { worklist }));
    await take(ada, worklist);
    await Promise.all([undoRead(ada, { worklist }), undoRead(ben, { worklist })]);
    expect(await countsDisagree(worklist)).toBe(0);
  });

  it("does not let a late copy of the first submission in again", async () => {
    const { worklist, ada } = await room([""]);
    const read = { item: await take(ada, worklist), labels: "+", key: randomUUID() };
    valueIn(await submitRead(ada, read));
    valueIn(await undoRead(ada, { worklist }));
    expect(valueIn(await submitRead(ada, read))).toMatchObject({ repeated: true, revision: 1 });
    expect(valueIn(await takeNext(ada, { worklist })).study?.item).toBe(read.item);
  });
});

describe("a skipped study", () => {
  it("is out of everybody's queue with its reason, until it is sent back", async () => {
    const { worklist, ada, ben } = await room(["", ""]);
    const item = await take(ada, worklist);
    const skip = { item, labels: "+", comment: "cut off", reason: "Too dark" } as const;
    expect(valueIn(await skipStudy(ada, skip)).repeated).toBe(false);
    expect(valueIn(await skipStudy(ada, skip)).repeated).toBe(true);
    const other = await take(ben, worklist);
    expect(other).not.toBe(item);
    await submit(ben, other, "");
    expect(valueIn(await takeNext(ben, { worklist })).study).toBeNull();
    expect(valueIn(await listSetAside(shell, { worklist, what: "skipped" })).rows).toMatchObject([
      { item, reason: "Too dark", comment: "cut off", reader: ada.name, skipped: true },
    ]);
    valueIn(await returnStudy(shell, { item }));
    expect(valueIn(await takeNext(ada, { worklist })).study).toMatchObject({ item, draft: { labels: "+" } });
    expect(valueIn(await listSetAside(shell, { worklist, what: "skipped" })).rows).toEqual([]);
    expect(await countsDisagree(worklist)).toBe(0);
  });

  it("needs a reason from the list, and a reader who holds it", async () => {
    const { worklist, ada, ben } = await room([""]);
    const item = await take(ada, worklist);
    // @ts-expect-error: a reason that is not on the list
    expect(await skipStudy(ada, { item, labels: "", reason: "tired" })).toMatchObject({ code: "invalid" });
    expect(await skipStudy(ben, { item, labels: "", reason: "Other" })).toMatchObject({ code: "not-found" });
    await submit(ada, item, "");
    expect(await skipStudy(ada, { item, labels: "", reason: "Other" })).toMatchObject({ code: "conflict" });
  });
});

describe("a flagged study", () => {
  it("is listed, and goes back for one more read by somebody else", async () => {
    const { worklist, ada, ben } = await room(["", ""]);
    const item = await take(ada, worklist);
    await submit(ada, item, "+", { flagged: true, comment: "second opinion" });
    expect(valueIn(await listSetAside(shell, { worklist, what: "flagged" })).rows).toMatchObject([
      { item, comment: "second opinion", reader: ada.name, flagged: true },
    ]);
    valueIn(await returnStudy(shell, { item }));
    expect(valueIn(await takeNext(ada, { worklist })).study?.item).not.toBe(item);
    expect(await take(ben, worklist)).toBe(item);
    expect(await countsDisagree(worklist)).toBe(0);
  });

  it("can be let go of, by who manages worklists", async () => {
    const { worklist, ada } = await room([""]);
    const item = await take(ada, worklist);
    await submit(ada, item, "+", { flagged: true });
    expect(await clearFlag(ada, { item })).toMatchObject({ code: "forbidden" });
    valueIn(await clearFlag(shell, { item }));
    expect(valueIn(await listSetAside(shell, { worklist, what: "flagged" })).rows).toEqual([]);
    expect(await returnStudy(shell, { item })).toMatchObject({ code: "conflict" });
    expect(await returnStudy(shell, { item: 999_999 })).toMatchObject({ code: "not-found" });
  });
});

function room(labels: readonly string[], options?: ListOptions) {
  return plantRoom([personWith("reader"), personWith("reader")], labels, options);
}
