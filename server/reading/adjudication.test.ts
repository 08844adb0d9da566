import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { decide, open, plantDisagreements as plantFor } from "./adjudication.fixture";
import { keepCase, leaveCase } from "./adjudication-hold";
import { takeCase } from "./adjudication-take";
import { undoAdjudication } from "./adjudication-undo";
import { myProgress, showWorklist } from "./queries";
import {
  expireLeases,
  type ListOptions,
  labelsOf,
  plantWorklist,
  studyOf,
  submit,
  take,
} from "./reading.fixture";
import { submitRead } from "./submit";
import { takeNext } from "./take-next";
import { undoRead } from "./undo";

testDatabase();

async function plantDisagreements(pairs: readonly (readonly [string, string])[], options: ListOptions = {}) {
  const ada = await personWith("reader");
  const ben = await personWith("reader");
  const [eve, kim] = [await personWith("adjudicator"), await personWith("adjudicator")];
  return plantFor({ ada, ben, eve, kim }, pairs, options);
}

describe("adjudication", () => {
  it("is of studies whose readers disagree, in the worklist's order, without names or source", async () => {
    const { worklist, eve, ada } = await plantDisagreements([
      ["+", "+"],
      ["+", "-"],
      ["..?", "..+"],
    ]);
    const first = valueIn(await takeCase(eve, { worklist }));
    expect(first).toMatchObject({ left: 2, elsewhere: 0, own: 0, taken: { position: 2 } });
    expect(first.taken?.reads.map(({ labels, comment }) => [labels.charAt(0), comment])).toEqual([
      ["+", "0 says"],
      ["-", "1 says"],
    ]);
    expect(first.taken?.study).toMatchObject({ known: null, draft: null });
    expect(first.taken?.reads.map(({ reader }) => reader)).toEqual([null, null]);
    expect(JSON.stringify(first)).not.toContain(ada.name);
  });

  it("names the readers where the worklist hides nothing", async () => {
    const { worklist, eve, ada, ben } = await plantDisagreements([["+", "-"]], { blind: false });
    const { reads } = await open(eve, worklist);
    expect(reads.map(({ reader }) => reader)).toEqual([ada.name, ben.name]);
  });

  it("decides the study's label, keeps every read, and ends the case", async () => {
    const { worklist, eve, studies } = await plantDisagreements([["+", "-"]]);
    const study = studies[0]?.studyId ?? 0;
    expect(await labelsOf(study)).toMatchObject({ origin: "consensus", current: "?.............." });
    const decided = await decide(eve, await open(eve, worklist), "-", { comment: "a nipple" });
    expect(decided).toMatchObject({ ok: true, value: { repeated: false } });
    expect(await labelsOf(study)).toMatchObject({
      origin: "adjudicated",
      current: "-..............",
      images: ["-.............."],
      states: ["adjudicated"],
      reads: 2,
    });
    expect(valueIn(await takeCase(eve, { worklist }))).toEqual({
      left: 0,
      elsewhere: 0,
      own: 0,
      taken: null,
      upcoming: [],
    });
    const kept = await database().execute<{ kind: string; labels: string }>(sql`
      select kind, labels from reads where study_id = ${study} and current order by id`);
    expect(kept.map(({ kind }) => kind)).toEqual(["read", "read", "adjudication"]);
  });

  it("waits until all reads that the worklist asks for are in", async () => {
    const { worklist, eve, ben } = await plantDisagreements([["+", "-"]]);
    valueIn(await undoRead(ben, { worklist }));
    expect(valueIn(await takeCase(eve, { worklist }))).toMatchObject({ left: 0, taken: null });
  });

  it("goes to one adjudicator at a time, also when two ask in the same moment", async () => {
    const { worklist, eve, kim } = await plantDisagreements([
      ["+", "-"],
      ["-", "+"],
    ]);
    const both = await Promise.all([takeCase(eve, { worklist }), takeCase(kim, { worklist })]);
    const items = both.map((answer) => valueIn(answer).taken?.study.item);
    expect(new Set(items).size).toBe(2);
    const [first] = items;
    expect(await takeCase(kim, { worklist, item: first })).toMatchObject({ code: "conflict" });
    // A second window shows the same case.
    expect(valueIn(await takeCase(eve, { worklist })).taken?.study.item).toBe(first);
    const third = await personWith("adjudicator");
    expect(valueIn(await takeCase(third, { worklist }))).toEqual({
      left: 0,
      elsewhere: 2,
      own: 0,
      taken: null,
      upcoming: [],
    });
  });

  it("hands a case on when its lease has run out; who comes late is told and loses nothing", async () => {
    const { worklist, eve, kim, studies } = await plantDisagreements([["+", "-"]]);
    const hers = await open(eve, worklist);
    await expire(worklist);
    // Nobody else took it: she may still decide. Somebody did: she may not.
    const his = await open(kim, worklist);
    expect(await decide(eve, hers, "+")).toMatchObject({ code: "conflict", detail: { state: "taken" } });
    valueIn(await decide(kim, his, "-"));
    expect(await decide(eve, hers, "+")).toMatchObject({ code: "conflict", detail: { state: "settled" } });
    expect(await labelsOf(studies[0]?.studyId ?? 0)).toMatchObject({ current: "-.............." });
  });

  it("decided late but by nobody else is taken", async () => {
    const { worklist, eve } = await plantDisagreements([["+", "-"]]);
    const hers = await open(eve, worklist);
    await expire(worklist);
    expect(await decide(eve, hers, "+")).toMatchObject({ ok: true });
  });

  it("accepts a decision once: the same key again answers the same", async () => {
    const { worklist, eve } = await plantDisagreements([["+", "-"]]);
    const held = await open(eve, worklist);
    const key = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => decide(eve, held, "+", { key })));
    expect(answers.map((answer) => valueIn(answer).repeated).sort()).toEqual([false, true, true]);
    const [row] = await database().execute<{ made: number }>(sql`
      select count(*)::int as made from reads where kind = 'adjudication' and item_id = ${held.study.item}`);
    expect(row?.made).toBe(1);
  });

  it("of reads that have changed meanwhile is refused, and the case shown anew", async () => {
    const { worklist, eve, ben } = await plantDisagreements([["+", "-"]]);
    const held = await open(eve, worklist);
    valueIn(await undoRead(ben, { worklist }));
    await submit(ben, await take(ben, worklist), "?..............");
    expect(await decide(eve, held, "+")).toMatchObject({ code: "conflict", detail: { state: "changed" } });
    expect((await open(eve, worklist)).reads[1]?.labels.charAt(0)).toBe("?");
  });

  it("asks about contradictions once", async () => {
    const { worklist, eve } = await plantDisagreements([["+..", "..+"]]);
    const held = await open(eve, worklist);
    expect(await decide(eve, held, "+.+")).toMatchObject({ code: "invalid" });
    expect(await decide(eve, held, "+.+", { confirmed: true })).toMatchObject({ ok: true });
  });

  it("can be taken back: the consensus stands again, and the case is hers with what she decided", async () => {
    const { worklist, eve, kim, studies } = await plantDisagreements([["+", "-"]]);
    valueIn(await decide(eve, await open(eve, worklist), "-", { comment: "sure" }));
    const undone = valueIn(await undoAdjudication(eve, { worklist }));
    expect(undone.taken?.draft).toMatchObject({ labels: "-..............", comment: "sure" });
    expect(await labelsOf(studies[0]?.studyId ?? 0)).toMatchObject({ origin: "consensus" });
    expect(await undoAdjudication(eve, { worklist })).toMatchObject({ code: "conflict" });
    expect(valueIn(await takeCase(kim, { worklist }))).toMatchObject({ taken: null, elsewhere: 1 });
    valueIn(await decide(eve, await open(eve, worklist), "+"));
    expect(await labelsOf(studies[0]?.studyId ?? 0)).toMatchObject({
      current: "+..............",
      origin: "adjudicated",
    });
  });

  it("leaves a case for later with what was decided of it, and comes back to it", async () => {
    const { worklist, eve } = await plantDisagreements([
      ["+", "-"],
      ["-", "+"],
    ]);
    const first = await open(eve, worklist);
    const draft = { labels: "+", comment: "hm", settled: [0] };
    valueIn(await keepCase(eve, { item: first.study.item, draft }));
    const second = valueIn(await takeCase(eve, { worklist, after: first.position })).taken;
    expect(second?.position).toBe(2);
    const again = valueIn(await takeCase(eve, { worklist, after: second?.position ?? 0 })).taken;
    expect(again).toMatchObject({ position: 1, draft });
    valueIn(await leaveCase(eve, { item: first.study.item }));
    expect(valueIn(await takeCase(await personWith("adjudicator"), { worklist })).taken?.draft).toBeNull();
  });
});

describe("an adjudicator who is also a reader of the study", () => {
  it("does not get it, is refused when she asks for it, and can't decide it", async () => {
    const { worklist, eve, kim, studies } = await plantDisagreements([["+", "-"]]);
    const held = await open(eve, worklist);
    // She reads the same study for another worklist, a third read of it.
    const other = await plantWorklist(studies);
    await take(kim, other);
    expect(valueIn(await takeCase(kim, { worklist }))).toMatchObject({ own: 1, taken: null });
    expect(valueIn(await showWorklist(kim, { worklist })).toAdjudicate).toBe(0);
    expect(valueIn(await showWorklist(eve, { worklist })).toAdjudicate).toBe(1);
    expect(await takeCase(kim, { worklist, item: held.study.item })).toMatchObject({ code: "forbidden" });
    expect(await decide(kim, held, "+")).toMatchObject({ code: "forbidden" });
  });

  it("is not given for reading what she has decided, and what she had open before is no read any more", async () => {
    const { worklist, eve, studies } = await plantDisagreements([["+", "-"]]);
    const other = await plantWorklist(studies);
    const opened = await take(eve, other);
    await expireLeases(other);
    await take(await personWith("reader"), other);
    const held = await open(eve, worklist);
    valueIn(await decide(eve, held, "+"));
    await expireLeases(other);
    expect(valueIn(await takeNext(eve, { worklist: other })).study).toBeNull();
    expect(valueIn(await myProgress(eve, { worklist: other })).leftForMe).toBe(0);
    const late = { item: opened, labels: "-", key: randomUUID() };
    expect(await submitRead(eve, late)).toMatchObject({ code: "conflict", detail: { state: "adjudicated" } });
    expect(await studyOf(held.study.item)).toBe(studies[0]?.studyId);
  });

  it("is an adjudicator at all: a reader and a scientist are refused, a stranger's case says nothing", async () => {
    const { worklist, ada, eve, kim } = await plantDisagreements([["+", "-"]]);
    expect(await takeCase(ada, { worklist })).toMatchObject({ code: "forbidden" });
    expect(await takeCase(await personWith("scientist"), { worklist })).toMatchObject({ code: "forbidden" });
    expect(await takeCase(eve, { worklist: 999_999 })).toMatchObject({ code: "not-found" });
    const held = await open(eve, worklist);
    valueIn(await leaveCase(eve, { item: held.study.item }));
    expect(await decide(kim, held, "+")).toMatchObject({ code: "not-found" });
    expect(valueIn(await keepCase(kim, { item: held.study.item }))).toEqual({ held: false });
  });
});

async function expire(worklist: number): Promise<void> {
  await database().execute(sql`
    update adjudication_leases set lease_expires_at = now() - interval '1 second'
    where item_id in (select id from worklist_items where worklist_id = ${worklist})`);
}
