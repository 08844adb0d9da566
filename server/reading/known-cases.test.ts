import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { worklistQuality } from "./quality";
import { showWorklist } from "./queries";
import {
  type PlantedStudy,
  plantStudies,
  plantWorklist,
  shell,
  studyOf,
  submit,
  take,
} from "./reading.fixture";
import { takeNext } from "./take-next";
import { createWorklist } from "./worklist-commands";

testDatabase();

type Item = { study: number; position: number; known: string | null };

describe("known cases mixed into a worklist", () => {
  it("are one in so many, in places that are not told apart, with what is known of them", async () => {
    const known = await agreedStudies(["+-", "-+", "??"]);
    const { id, studies } = await listOf(8, { knownEvery: 5 });
    const items = await itemsOf(id);
    // 8 studies fill two stretches of five places: two known cases.
    expect(items).toHaveLength(10);
    expect(studies).toBe(10);
    expect(valueIn(await showWorklist(shell, { worklist: id }))).toMatchObject({ studies: 10, left: 10 });
    const mixed = items.filter(({ known: label }) => label !== null);
    expect(mixed).toHaveLength(2);
    expect(mixed.map(({ position }) => Math.floor((position - 1) / 5))).toEqual([0, 1]);
    expect(new Set(items.map(({ position }) => position)).size).toBe(10);
    for (const { study, known: label } of mixed) {
      expect(known.find(({ studyId }) => studyId === study)?.label.padEnd(15, ".")).toBe(label);
    }
  });

  it("never meet a reader who has read them, and her list ends without them", async () => {
    const [ada, ben] = [await personWith("reader"), await personWith("reader")];
    const [study] = await plantStudies(["."]);
    const first = await plantWorklist(study ? [study] : [], { readsWanted: 2 });
    for (const reader of [ada, ben]) await submit(reader, await take(reader, first), "+-");
    await onlyKnown(study?.studyId ?? 0);
    const { id } = await listOf(2, { knownEvery: 3 });
    const read = async (reader: typeof ada) => {
      const seen: number[] = [];
      for (;;) {
        const next = valueIn(await takeNext(reader, { worklist: id })).study;
        if (!next) return seen;
        seen.push(await studyOf(next.item));
        await submit(reader, next.item, "+-");
      }
    };
    expect(await read(ada)).not.toContain(study?.studyId);
    const cora = await personWith("reader");
    expect(await read(cora)).toEqual([study?.studyId]);
    expect(valueIn(await worklistQuality(shell, { worklist: id }))).toMatchObject({
      known: 1,
      readers: [
        { reader: cora.email, cases: 1, found: 1, positives: 1, falseAlarms: 0, agreed: 15, cells: 15 },
      ],
    });
  });

  it("say nothing of themselves to the reader, and no score either", async () => {
    await agreedStudies(["+"]);
    const { id } = await listOf(2, { knownEvery: 2 });
    const reader = await personWith("reader");
    const taken = JSON.stringify(valueIn(await takeNext(reader, { worklist: id, ahead: 3 })));
    expect(taken).not.toMatch(/known(?!":null)/i);
    expect(await worklistQuality(reader, { worklist: id })).toMatchObject({ code: "forbidden" });
    expect(await worklistQuality(await personWith("adjudicator"), { worklist: id })).toMatchObject({
      ok: true,
    });
    expect(await worklistQuality(shell, { worklist: 99_999 })).toMatchObject({ code: "not-found" });
  });

  it("are refused in an open list, where nothing is known, and as every study", async () => {
    await agreedStudies(["+"]);
    expect(await tryList(2, { knownEvery: 3, blind: false })).toMatchObject({ code: "invalid" });
    expect(await tryList(2, { knownEvery: 1 })).toMatchObject({ code: "invalid" });
    await database().execute(sql`update studies set label_origin = 'source'`);
    expect(await tryList(2, { knownEvery: 3 })).toMatchObject({ code: "conflict" });
  });

  it("are none where none were asked for", async () => {
    const { id } = await listOf(3, {});
    expect(valueIn(await worklistQuality(shell, { worklist: id }))).toEqual({ known: null, readers: [] });
  });
});

/** Studies on which two readers of their own agree, and no others that are known. */
async function agreedStudies(labels: readonly string[]): Promise<{ studyId: number; label: string }[]> {
  await database().execute(sql`update studies set label_origin = 'source'`);
  const studies = await plantStudies(labels.map(() => "."));
  const list = await plantWorklist(studies, { readsWanted: 2 });
  for (const reader of [await personWith("reader"), await personWith("reader")]) {
    for (const label of labels) await submit(reader, await take(reader, list), label, { confirmed: true });
  }
  return studies.map(({ studyId }, at) => ({ studyId, label: labels[at] ?? "" }));
}

async function onlyKnown(studyId: number): Promise<void> {
  await database().execute(sql`update studies set label_origin = 'source' where id <> ${studyId}`);
}

type Options = { knownEvery?: number; blind?: boolean };
let lists = 0;

async function tryList(length: number, options: Options) {
  lists += 1;
  const studies: PlantedStudy[] = await plantStudies(Array.from({ length }, () => "."));
  const query = { kind: "selection" as const, studies: studies.map(({ studyId }) => studyId) };
  return createWorklist(shell, { name: `mixed ${lists}`, query, ...options });
}

async function listOf(length: number, options: Options) {
  return valueIn(await tryList(length, options));
}

async function itemsOf(worklist: number): Promise<Item[]> {
  const rows = await database().execute<{ study: string; position: number; known: string | null }>(sql`
    select study_id as study, position, known_labels as known from worklist_items
    where worklist_id = ${worklist} order by position`);
  return rows.map((row) => ({ ...row, study: Number(row.study) }));
}
