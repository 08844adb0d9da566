import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { heartbeat, leaveStudy, saveDraft } from "./hold";
import {
  countsDisagree,
  expireLeases,
  type ListOptions,
  plantRoom,
  plantStudies,
  plantWorklist,
  shell,
  sourceLabels,
  studyOf,
  submit,
  take,
} from "./reading.fixture";
import type { Taken } from "./schema";
import { takeNext } from "./take-next";
import { undoRead } from "./undo";
import { setWorklistStatus } from "./worklist-commands";

testDatabase();

const three = ["", "", ""];
const draft = { labels: "+", comment: "left base", flagged: true, regions: [], activeMs: 1200 };

describe("take next", () => {
  it("hands out the list in its order", async () => {
    const { studies, worklist, ada } = await room(three);
    const order: number[] = [];
    for (const _ of three) {
      const item = await take(ada, worklist);
      order.push(await studyOf(item));
      await submit(ada, item, "");
    }
    expect(order).toEqual(studies.map(({ studyId }) => studyId));
    expect(valueIn(await takeNext(ada, { worklist })).study).toBeNull();
  });

  it("gives two readers two studies, and each her own again after a reload", async () => {
    const { worklist, ada, ben } = await room(three);
    const first = await take(ada, worklist);
    const second = await take(ben, worklist);
    expect(second).not.toBe(first);
    expect(await take(ada, worklist)).toBe(first);
    expect(await take(ben, worklist)).toBe(second);
    expect(await countsDisagree(worklist)).toBe(0);
  });

  it("gives a study to as many readers as the worklist asks for, and never to one twice", async () => {
    const { worklist, ada, ben } = await room([""], { readsWanted: 2 });
    const item = await take(ada, worklist);
    expect(await take(ben, worklist)).toBe(item);
    const third = await personWith("reader");
    expect(valueIn(await takeNext(third, { worklist })).study).toBeNull();
    await submit(ada, item, "");
    expect(valueIn(await takeNext(ada, { worklist })).study).toBeNull();
    expect(valueIn(await takeNext(third, { worklist })).study).toBeNull();
    expect(await countsDisagree(worklist)).toBe(0);
  });

  it("finds what a reader passed while somebody else was being given it", async () => {
    const { worklist, ada, ben } = await room(["", ""], { readsWanted: 2 });
    const [first, second] = [await take(ada, worklist), await take(ben, worklist)];
    expect(second).toBe(first);
    await submit(ben, first, "");
    const last = await take(ben, worklist);
    await submit(ben, last, "");
    await submit(ada, first, "");
    // Ben's list ends; Ada still has what he did.
    expect(valueIn(await takeNext(ben, { worklist })).study).toBeNull();
    expect(await take(ada, worklist)).toBe(last);
  });

  it("hands out nothing of a paused list, but leaves a reader the study she holds", async () => {
    const { worklist, ada, ben } = await room(three);
    const item = await take(ada, worklist);
    valueIn(await setWorklistStatus(shell, { worklist, status: "paused" }));
    expect(valueIn(await takeNext(ben, { worklist }))).toMatchObject({ study: null, status: "paused" });
    expect(await take(ada, worklist)).toBe(item);
    await submit(ada, item, "");
    expect(valueIn(await takeNext(ada, { worklist })).study).toBeNull();
    valueIn(await setWorklistStatus(shell, { worklist, status: "open" }));
    expect(valueIn(await takeNext(ben, { worklist })).study).not.toBeNull();
  });

  it("names the films that come next, in order", async () => {
    const { studies, worklist, ada } = await room(["", "", "", "", ""]);
    const { upcoming } = valueIn(await takeNext(ada, { worklist }));
    expect(upcoming).toEqual(studies.slice(1, 4).map(({ imageId }) => imageId));
  });

  it("does not know a worklist that is not there, and serves people only", async () => {
    const { worklist } = await room(three);
    const ada = await personWith("reader");
    expect(await takeNext(ada, { worklist: 999_999 })).toMatchObject({ ok: false, code: "not-found" });
    expect(await takeNext(shell, { worklist })).toMatchObject({ ok: false, code: "forbidden" });
    const scientist = await personWith("scientist");
    expect(await takeNext(scientist, { worklist })).toMatchObject({ ok: false, code: "forbidden" });
  });
});

describe("with studies held ahead", () => {
  const items = ({ study, next }: Taken) => [study, ...next].map((one) => one?.item);

  it("gives them in order, each once, and fills up what was read", async () => {
    const { studies, worklist, ada } = await room(["", "", "", "", "", ""]);
    const first = valueIn(await takeNext(ada, { worklist, ahead: 3 }));
    expect(first.held).toEqual(items(first));
    expect(await Promise.all(first.held.map(studyOf))).toEqual(
      studies.slice(0, 4).map(({ studyId }) => studyId),
    );
    await submit(ada, first.held[0] ?? 0, "");
    const then = valueIn(await takeNext(ada, { worklist, ahead: 3, have: [...first.held] }));
    expect(then.held.slice(0, 3)).toEqual(first.held.slice(1));
    expect(then.next.map(({ item }) => item)).toEqual(then.held.slice(3));
    expect(then.upcoming).toEqual([studies[5]?.imageId]);
    expect(await countsDisagree(worklist)).toBe(0);
  });

  it("never gives one study to more readers than the worklist asks for, nor to one twice", async () => {
    const { worklist, ada, ben } = await room(["", "", "", ""], { readsWanted: 2 });
    const [hers, his] = [ada, ben].map((reader) => takeNext(reader, { worklist, ahead: 3 }).then(valueIn));
    expect(new Set((await hers)?.held).size).toBe((await hers)?.held.length);
    expect(new Set((await his)?.held).size).toBe((await his)?.held.length);
    expect(await countsDisagree(worklist)).toBe(0);
  });

  it("leaves others something to read: ahead of one's work lies only what is enough for all", async () => {
    const { worklist, ada, ben } = await room(["", "", "", "", "", ""]);
    expect(valueIn(await takeNext(ada, { worklist, ahead: 3 })).held).toHaveLength(4);
    expect(valueIn(await takeNext(ben, { worklist, ahead: 3 })).held).toHaveLength(1);
    await submit(ada, valueIn(await takeNext(ada, { worklist })).held[0] ?? 0, "");
    expect(valueIn(await takeNext(ada, { worklist, ahead: 3 })).held).toHaveLength(3);
    expect(await countsDisagree(worklist)).toBe(0);
  });

  it("keeps all of them while one is read, and gives all back when the tab is closed", async () => {
    const { worklist, ada, ben } = await room(["", "", ""]);
    const { held } = valueIn(await takeNext(ada, { worklist, ahead: 3 }));
    await expireLeases(worklist);
    valueIn(await heartbeat(ada, { item: held[0] ?? 0 }));
    expect(valueIn(await takeNext(ben, { worklist })).study).toBeNull();
    valueIn(await leaveStudy(ada, { item: held[0] ?? 0 }));
    const [left] = await database().execute<{ most: number }>(sql`
      select max(extract(epoch from lease_expires_at - now()))::float8 as most from assignments
      where worklist_id = ${worklist} and status = 'leased'`);
    expect(left?.most).toBeLessThanOrEqual(15);
  });

  it("puts what comes back by undo before them", async () => {
    const { worklist, ada } = await room(["", "", "", ""]);
    const { held } = valueIn(await takeNext(ada, { worklist, ahead: 2 }));
    await submit(ada, held[0] ?? 0, "+");
    const undone = valueIn(await undoRead(ada, { worklist, ahead: 2 }));
    expect(undone.held.slice(0, 3)).toEqual(held);
    expect(undone.study).toMatchObject({ item: held[0], draft: { labels: "+.............." } });
    expect(await countsDisagree(worklist)).toBe(0);
  });
});

describe("leases", () => {
  it("that ran out are taken back by the next reader, before all else", async () => {
    const { worklist, ada, ben } = await room(three);
    const item = await take(ada, worklist);
    const other = await take(ben, worklist);
    await submit(ben, other, "");
    await expireLeases(worklist);
    expect(await take(ben, worklist)).toBe(item);
    expect(await take(ada, worklist)).not.toBe(item);
    expect(await countsDisagree(worklist)).toBe(0);
  });

  it("that ran out stay with their reader as long as nobody else asked", async () => {
    const { worklist, ada } = await room(three);
    const item = await take(ada, worklist);
    await expireLeases(worklist);
    expect(await take(ada, worklist)).toBe(item);
  });

  it("all run out at once and all come back, each to one reader", async () => {
    const { worklist } = await room(three);
    const gone = await Promise.all(three.map(() => personWith("reader")));
    for (const reader of gone) await take(reader, worklist);
    await expireLeases(worklist);
    const fresh = await Promise.all(three.map(() => personWith("reader")));
    const items = await Promise.all(fresh.map((reader) => take(reader, worklist)));
    expect(new Set(items).size).toBe(3);
    expect(await countsDisagree(worklist)).toBe(0);
  });

  it("go on with every heartbeat and every draft", async () => {
    const { worklist, ada, ben } = await room([""]);
    const item = await take(ada, worklist);
    for (const hold of [() => heartbeat(ada, { item }), () => saveDraft(ada, { item, ...draft })]) {
      await expireLeases(worklist);
      expect(valueIn(await hold())).toEqual({ held: true, state: "leased" });
      expect(valueIn(await takeNext(ben, { worklist })).study).toBeNull();
    }
  });

  it("end within seconds when the tab is closed, and a reload in between keeps the study", async () => {
    const { worklist, ada, ben } = await room([""]);
    const item = await take(ada, worklist);
    expect(valueIn(await leaveStudy(ada, { item }))).toEqual({ left: true });
    const [lease] = await database().execute<{ seconds: number }>(sql`
      select extract(epoch from lease_expires_at - now())::float8 as seconds from assignments where item_id = ${item}`);
    expect(lease?.seconds).toBeLessThanOrEqual(15);
    expect(await take(ada, worklist)).toBe(item);
    await leaveStudy(ada, { item });
    await expireLeases(worklist);
    expect(await take(ben, worklist)).toBe(item);
  });
});

describe("a draft", () => {
  it("typed just before the tab closed is there after the reload", async () => {
    const { worklist, ada } = await room([""]);
    const item = await take(ada, worklist);
    valueIn(await leaveStudy(ada, { item, draft }));
    expect(valueIn(await takeNext(ada, { worklist })).study).toMatchObject({ item, draft });
  });

  it("is there again after a reload, and after the study came round once more", async () => {
    const { worklist, ada, ben } = await room([""]);
    const item = await take(ada, worklist);
    valueIn(await saveDraft(ada, { item, ...draft }));
    expect(valueIn(await takeNext(ada, { worklist })).study?.draft).toEqual(draft);
    await expireLeases(worklist);
    expect(valueIn(await takeNext(ben, { worklist })).study?.draft).toBeNull();
    // Lost, and kept all the same.
    expect(valueIn(await saveDraft(ada, { item, ...draft, comment: "more" }))).toEqual({
      held: false,
      state: "released",
    });
    await expireLeases(worklist);
    expect(valueIn(await takeNext(ada, { worklist })).study?.draft).toEqual({ ...draft, comment: "more" });
  });

  it("of a study that was never hers is refused without a hint", async () => {
    const { worklist, ada, ben } = await room([""]);
    const item = await take(ada, worklist);
    const refusals = [
      await saveDraft(ben, { item, ...draft }),
      await saveDraft(ben, { item: 999_999, ...draft }),
      await heartbeat(ben, { item }),
      await leaveStudy(ben, { item }),
    ];
    for (const refusal of refusals) {
      expect(refusal).toEqual({
        ok: false,
        code: "not-found",
        message: "There is no such study in your worklist.",
      });
    }
    expect(valueIn(await takeNext(ada, { worklist })).study?.draft).toBeNull();
  });
});

describe("twenty readers at once", () => {
  it("get two hundred studies, none of them twice", async () => {
    const studies = await plantStudies(Array.from({ length: 200 }, () => sourceLabels));
    const worklist = await plantWorklist(studies);
    const readers = await Promise.all(Array.from({ length: 20 }, () => personWith("reader")));
    const handedOut = await Promise.all(
      readers.map(async (reader) => {
        const items: number[] = [];
        for (let call = 0; call < 10; call += 1) {
          const item = await take(reader, worklist);
          items.push(item);
          await submit(reader, item, "");
        }
        return items;
      }),
    );
    const all = handedOut.flat();
    expect(all).toHaveLength(200);
    expect(new Set(all).size).toBe(200);
    expect(await countsDisagree(worklist)).toBe(0);
  });

  it("and one reader in ten windows holds one study", async () => {
    const { worklist, ada } = await room(Array.from({ length: 12 }, () => ""));
    const items = await Promise.all(Array.from({ length: 10 }, () => take(ada, worklist)));
    expect(new Set(items).size).toBe(1);
    expect(await countsDisagree(worklist)).toBe(0);
  });
});

function room(labels: readonly string[], options?: ListOptions) {
  return plantRoom([personWith("reader"), personWith("reader")], labels, options);
}
