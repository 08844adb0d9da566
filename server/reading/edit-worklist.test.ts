import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { auditLog, worklists } from "@/server/db/schema";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { eligibleReaders } from "./chosen-readers";
import { editWorklist } from "./edit-worklist";
import { listWorklists, readingRoom, showWorklist } from "./queries";
import {
  countsDisagree,
  plantRoom,
  plantStudies,
  plantWorklist,
  shell,
  submit,
  take,
} from "./reading.fixture";
import { takeNext } from "./take-next";
import { createWorklist } from "./worklist-commands";

testDatabase();

const two = () => [personWith("reader"), personWith("reader")] as const;

describe("a worklist for chosen readers", () => {
  it("is given to them alone, and others neither see nor open it", async () => {
    const { worklist, ada, ben } = await plantRoom(two(), ["+", "-"]);
    valueIn(await editWorklist(shell, { worklist, readers: [ada.userId] }));
    expect(valueIn(await takeNext(ada, { worklist })).study).not.toBeNull();
    expect(await takeNext(ben, { worklist })).toMatchObject({ code: "forbidden" });
    expect(await readingRoom(ben, { worklist })).toMatchObject({ code: "forbidden" });
    expect(await showWorklist(ben, { worklist })).toMatchObject({ code: "not-found" });
    const ids = async (actor: typeof ada) => valueIn(await listWorklists(actor, {})).rows.map(({ id }) => id);
    expect(await ids(ben)).not.toContain(worklist);
    expect(await ids(ada)).toContain(worklist);
    valueIn(await editWorklist(shell, { worklist, readers: [] }));
    expect(valueIn(await takeNext(ben, { worklist })).study).not.toBeNull();
  });

  it("takes back what somebody holds who is no longer among them, and nothing that was read", async () => {
    const { worklist, ada, ben } = await plantRoom(two(), ["+", "-", "?"]);
    const read = await take(ben, worklist);
    await submit(ben, read, "+");
    const held = await take(ben, worklist);
    valueIn(await editWorklist(shell, { worklist, readers: [ada.userId] }));
    expect(await countsDisagree(worklist)).toBe(0);
    expect(await take(ada, worklist)).toBe(held);
    expect(valueIn(await showWorklist(shell, { worklist })).progress.map(({ reads }) => reads)).toEqual([1]);
  });

  it("refuses who is not there, disabled, or does not read", async () => {
    const { worklist, ada } = await plantRoom(two(), ["+"]);
    const scientist = await personWith("scientist");
    const gone = await personWith("reader");
    await database().execute(sql`update users set disabled_at = now() where id = ${gone.userId}`);
    for (const wrong of [scientist.userId, gone.userId, 99_999]) {
      expect(await editWorklist(shell, { worklist, readers: [ada.userId, wrong] })).toMatchObject({
        code: "invalid",
      });
    }
    const eligible = valueIn(await eligibleReaders(shell, {})).map(({ id }) => id);
    expect(eligible).toContain(ada.userId);
    expect(eligible).not.toContain(scientist.userId);
    expect(eligible).not.toContain(gone.userId);
  });
});

describe("editing a worklist", () => {
  it("asks for more reads of each study, or fewer, and loses none", async () => {
    const { worklist, ada, ben } = await plantRoom(two(), ["+", "-"]);
    for (const reader of [ada, ada]) await submit(reader, await take(reader, worklist), "+");
    expect(valueIn(await takeNext(ben, { worklist })).study).toBeNull();
    valueIn(await editWorklist(shell, { worklist, readsWanted: 2 }));
    await submit(ben, await take(ben, worklist), "-");
    expect(valueIn(await showWorklist(shell, { worklist }))).toMatchObject({
      read: 1,
      left: 1,
      readsWanted: 2,
    });
    valueIn(await editWorklist(shell, { worklist, readsWanted: 1 }));
    expect(valueIn(await showWorklist(shell, { worklist }))).toMatchObject({ read: 2, left: 0 });
    expect(await countsDisagree(worklist)).toBe(0);
  });

  it("changes only what is named, so that two windows do not undo each other, and says so in the trail", async () => {
    const { worklist } = await plantRoom(two(), ["+"]);
    const both = [
      editWorklist(shell, { worklist, dueOn: "2026-12-24" }),
      editWorklist(shell, { worklist, priority: 1, name: "urgent" }),
    ];
    for (const answer of await Promise.all(both)) valueIn(answer);
    const [row] = await database().select().from(worklists).where(eq(worklists.id, worklist));
    expect(row).toMatchObject({
      dueOn: "2026-12-24",
      priority: 1,
      name: "urgent",
      readsWanted: 1,
      blind: true,
    });
    const trail = await database().select().from(auditLog).where(eq(auditLog.action, "worklist.edited"));
    expect(trail.map(({ detail }) => detail.after)).toContainEqual({ priority: 1, name: "urgent" });
    valueIn(await editWorklist(shell, { worklist, dueOn: null }));
    expect(valueIn(await showWorklist(shell, { worklist }))).toMatchObject({ dueOn: null });
  });

  it("does not make readers blind who have seen labels; the other way round it may", async () => {
    const { worklist, ada } = await plantRoom(two(), ["+", "-"], { blind: false });
    valueIn(await editWorklist(shell, { worklist, blind: true }));
    valueIn(await editWorklist(shell, { worklist, blind: false }));
    await take(ada, worklist);
    expect(await editWorklist(shell, { worklist, blind: true })).toMatchObject({ code: "conflict" });
  });

  it("is for who manages worklists, of one that is there, by a name that is free", async () => {
    const { worklist, ada } = await plantRoom(two(), ["+"]);
    const other = await plantWorklist(await plantStudies(["+"]));
    const [row] = await database().select().from(worklists).where(eq(worklists.id, other));
    expect(await editWorklist(ada, { worklist, priority: 1 })).toMatchObject({ code: "forbidden" });
    expect(await editWorklist(shell, { worklist: 99_999, priority: 1 })).toMatchObject({ code: "not-found" });
    expect(await editWorklist(shell, { worklist, name: row?.name })).toMatchObject({ code: "conflict" });
    for (const wrong of [
      { dueOn: "24.12.2026" },
      { dueOn: "2026-02-31" },
      { priority: 5 },
      { readsWanted: 0 },
    ]) {
      expect(await editWorklist(shell, { worklist, ...wrong })).toMatchObject({ code: "invalid" });
    }
    expect(await editWorklist(await personWith("adjudicator"), { worklist, priority: 1 })).toMatchObject({
      ok: true,
    });
  });

  it("puts urgent lists first, the newest first among equals, over the pages", async () => {
    const studies = await plantStudies(["+"]);
    const made: number[] = [];
    for (const priority of [0, 1, -1, 1]) {
      const query = { kind: "selection" as const, studies: studies.map(({ studyId }) => studyId) };
      made.push(valueIn(await createWorklist(shell, { name: `p ${made.length}`, query, priority })).id);
    }
    const seen: number[] = [];
    for (let before: number | null | undefined; before !== null; ) {
      const page: { rows: readonly { id: number }[]; next: number | null } = valueIn(
        await listWorklists(shell, { limit: 2, before: before ?? undefined }),
      );
      seen.push(...page.rows.map(({ id }) => id));
      before = page.next;
    }
    expect(seen.filter((id) => made.includes(id))).toEqual([made[3], made[1], made[0], made[2]]);
    expect(new Set(seen).size).toBe(seen.length);
  });
});
