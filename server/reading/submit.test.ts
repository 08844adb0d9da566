import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { verifyTrail } from "@/server/audit/verify";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { auditLog, reads } from "@/server/db/schema";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import {
  countsDisagree,
  expireLeases,
  type ListOptions,
  labelsOf,
  plantRoom,
  sourceLabels,
  submit,
  take,
} from "./reading.fixture";
import { submitRead } from "./submit";
import { takeNext } from "./take-next";

testDatabase();

const pneumonia = ".......+.......";

describe("a submitted read", () => {
  it("becomes the current label of the study and of all its images, in the trail with it", async () => {
    const { studies, worklist, ada } = await room([sourceLabels]);
    const answer = await submit(ada, await take(ada, worklist), pneumonia, { comment: "right base" });
    expect(answer).toMatchObject({ revision: 1, repeated: false, labels: pneumonia });
    expect(await labelsOf(studies[0]?.studyId ?? 0)).toEqual({
      current: pneumonia,
      origin: "read",
      reads: 1,
      images: [pneumonia],
      states: ["read"],
    });
    const [trail] = await database().select().from(auditLog).where(eq(auditLog.action, "read.submitted"));
    expect(trail?.detail).toMatchObject({ after: { labels: pneumonia }, origin: "read" });
    expect(await verifyTrail()).toMatchObject({ ok: true });
  });

  it("may be shorter than the vocabulary and never longer", async () => {
    const { worklist, ada } = await room(["", ""]);
    expect((await submit(ada, await take(ada, worklist), "+")).labels).toBe("+..............");
    const longer = { item: await take(ada, worklist), labels: "................", key: randomUUID() };
    expect(await submitRead(ada, longer)).toMatchObject({ ok: false, code: "invalid" });
    expect(await submitRead(ada, { ...longer, labels: "+x" })).toMatchObject({ ok: false, code: "invalid" });
  });

  it("of a second reader makes a consensus, by the stated rule", async () => {
    const { studies, worklist, ada, ben } = await room([sourceLabels], { readsWanted: 2 });
    await submit(ada, await take(ada, worklist), "..++-..........");
    await submit(ben, await take(ben, worklist), "..+-...........");
    expect(await labelsOf(studies[0]?.studyId ?? 0)).toMatchObject({
      current: "..+?-..........",
      origin: "consensus",
      reads: 2,
    });
  });

  it("of two readers at the same moment makes a consensus of both", async () => {
    const { studies, worklist, ada, ben } = await room(["", "", "", ""], { readsWanted: 2 });
    for (const { studyId } of studies) {
      const items = [await take(ada, worklist), await take(ben, worklist)] as const;
      await Promise.all([submit(ada, items[0], "+-"), submit(ben, items[1], "+-")]);
      expect(await labelsOf(studyId)).toMatchObject({ origin: "consensus", reads: 2 });
    }
    expect(await countsDisagree(worklist)).toBe(0);
  });

  it("with a contradiction is asked about once", async () => {
    const { worklist, ada } = await room([""]);
    const read = { item: await take(ada, worklist), labels: "+....+.........", key: randomUUID() };
    const asked = await submitRead(ada, read);
    expect(asked).toMatchObject({
      ok: false,
      code: "invalid",
      detail: { contradictions: [{ between: [0, 5] }] },
    });
    expect(valueIn(await submitRead(ada, { ...read, confirmed: true })).revision).toBe(1);
  });
});

describe("twenty readers", () => {
  it("who submit at the same moment are all served, though there are fewer connections", async () => {
    const { worklist } = await room(Array.from({ length: 20 }, () => ""));
    const readers = await Promise.all(Array.from({ length: 20 }, () => personWith("reader")));
    const items = await Promise.all(readers.map((reader) => take(reader, worklist)));
    const answers = await Promise.all(readers.map((reader, at) => submit(reader, items[at] ?? 0, "+")));
    expect(answers.map(({ revision }) => revision)).toEqual(items.map(() => 1));
    expect(await countsDisagree(worklist)).toBe(0);
  });
});

describe("the same key", () => {
  it("sent again, also at the same moment, makes one revision and the same answer", async () => {
    const { studies, worklist, ada } = await room([sourceLabels]);
    const read = { item: await take(ada, worklist), labels: pneumonia, key: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 5 }, () => submitRead(ada, read)));
    expect(answers.map((answer) => valueIn(answer).revision)).toEqual([1, 1, 1, 1, 1]);
    expect(answers.filter((answer) => !valueIn(answer).repeated)).toHaveLength(1);
    expect(await readsOf(studies[0]?.studyId ?? 0)).toHaveLength(1);
    expect(await countsDisagree(worklist)).toBe(0);
  });

  it("of somebody else opens nothing", async () => {
    const { worklist, ada, ben } = await room(["", ""]);
    const key = randomUUID();
    await submit(ada, await take(ada, worklist), "", { key });
    const item = await take(ben, worklist);
    expect(await submitRead(ben, { item, labels: "", key })).toMatchObject({ ok: false, code: "conflict" });
    expect(await countsDisagree(worklist)).toBe(0);
  });
});

describe("two windows", () => {
  it("of one reader end a study once; the second is told the state", async () => {
    const { studies, worklist, ada } = await room([""]);
    const item = await take(ada, worklist);
    await submit(ada, item, "+");
    const second = await submitRead(ada, { item, labels: "-", key: randomUUID() });
    expect(second).toMatchObject({ ok: false, code: "conflict", detail: { state: "submitted" } });
    expect(await readsOf(studies[0]?.studyId ?? 0)).toHaveLength(1);
  });
});

describe("a lease that ran out", () => {
  it("is no reason to lose a read while the place is free", async () => {
    const { worklist, ada, ben } = await room(["", ""]);
    const item = await take(ada, worklist);
    await expireLeases(worklist);
    expect(await take(ben, worklist)).toBe(item);
    await expireLeases(worklist);
    // Ben's lease is taken over by a third reader, who gives it back at once.
    const third = await personWith("reader");
    expect(await take(third, worklist)).toBe(item);
    await database().execute(sql`
      with gone as (update assignments set status = 'released', lease_expires_at = null
        where worklist_id = ${worklist} and status = 'leased' returning item_id)
      update worklist_items set taken = taken - 1 from gone where id = gone.item_id`);
    expect((await submit(ada, item, "+")).revision).toBe(1);
    expect(await countsDisagree(worklist)).toBe(0);
  });

  it("answers conflict with the current state once somebody else reads the study", async () => {
    const { studies, worklist, ada, ben } = await room([""]);
    const item = await take(ada, worklist);
    await expireLeases(worklist);
    await take(ben, worklist);
    const late = await submitRead(ada, { item, labels: "+", key: randomUUID() });
    expect(late).toMatchObject({
      ok: false,
      code: "conflict",
      detail: { state: "taken", taken: 1, readsWanted: 1 },
    });
    expect(await readsOf(studies[0]?.studyId ?? 0)).toHaveLength(0);
    await submit(ben, item, "-");
    expect(await countsDisagree(worklist)).toBe(0);
  });
});

describe("what is not the reader's", () => {
  it("is not there: an item of somebody else, an unknown one", async () => {
    const { worklist, ada, ben } = await room(["", ""]);
    const item = await take(ada, worklist);
    const foreign = await submitRead(ben, { item, labels: "", key: randomUUID() });
    const unknown = await submitRead(ben, { item: 999_999, labels: "", key: randomUUID() });
    expect(foreign).toEqual(unknown);
    expect(foreign).toMatchObject({ ok: false, code: "not-found" });
    const scientist = await personWith("scientist");
    expect(await submitRead(scientist, { item, labels: "", key: randomUUID() })).toMatchObject({
      ok: false,
      code: "forbidden",
    });
  });
});

describe("a blind reader", () => {
  it("gets nothing of labels, paths or foreign ids before submitting, and all of it after", async () => {
    const { studies, worklist, ada, ben } = await room([sourceLabels], { readsWanted: 2 });
    await submit(ada, await take(ada, worklist), pneumonia, { comment: "surely pneumonia" });
    const payload = JSON.stringify(valueIn(await takeNext(ben, { worklist })));
    for (const hint of [sourceLabels, pneumonia, "pneumonia", "COVID", "images/", "films", ada.name]) {
      expect(payload).not.toContain(hint);
    }
    expect(payload).toContain(`patient no. ${studies[0]?.patientId}`);
    const { known } = await submit(ben, await take(ben, worklist), "..+............");
    expect(known).toMatchObject({
      source: sourceLabels,
      origin: "consensus",
      others: [{ reader: ada.name, labels: pneumonia, comment: "surely pneumonia" }],
    });
  });

  it("is recorded as blind, and the reader of an open list as not", async () => {
    const blind = await room([sourceLabels]);
    await submit(blind.ada, await take(blind.ada, blind.worklist), "");
    const open = await room([sourceLabels], { blind: false });
    const { study } = valueIn(await takeNext(open.ada, { worklist: open.worklist }));
    expect(study).toMatchObject({
      blind: false,
      known: { source: sourceLabels },
      draft: { labels: sourceLabels },
    });
    await submit(open.ada, study?.item ?? 0, "");
    expect(await readsOf(blind.studies[0]?.studyId ?? 0)).toMatchObject([{ blind: true }]);
    expect(await readsOf(open.studies[0]?.studyId ?? 0)).toMatchObject([{ blind: false }]);
  });
});

async function readsOf(studyId: number) {
  return database().select().from(reads).where(eq(reads.studyId, studyId)).orderBy(reads.id);
}

function room(labels: readonly string[], options?: ListOptions) {
  return plantRoom([personWith("reader"), personWith("reader")], labels, options);
}
