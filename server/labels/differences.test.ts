import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { plantMany } from "@/server/images/browse/images.fixture";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { freezeLabels } from "./commands";
import { labelDifferences } from "./differences";
import { differingStudies } from "./differing-studies";
import type { LabelSide } from "./schema";
import { stateAt } from "./states";

testDatabase();

const shell = { kind: "shell", osUser: "test" } as const;
const before = { labelSet: "before" };
const after = { labelSet: "after" };
type Changed = { image: number; study: number; from: string; to: string };
let changed: Changed[];

// What changed is read back and counted by this file's own loops.
beforeAll(async () => {
  const images = await plantMany(900);
  valueIn(await freezeLabels(shell, { name: "before" }));
  await database().execute(sql`update images set labels = translate(labels, '?.', '+-') where id % 7 < 3`);
  // The same said in a longer string is no difference.
  await database().execute(sql`update images set labels = labels || '..' where id % 7 = 5`);
  valueIn(await freezeLabels(shell, { name: "after" }));
  changed = images.flatMap(({ id, studyId, labels }) => {
    const to = id % 7 < 3 ? labels.replaceAll("?", "+").replaceAll(".", "-") : labels;
    return to === labels ? [] : [{ image: id, study: studyId, from: labels, to }];
  });
});

describe("differences between two label sets", () => {
  it("are counted per finding and change, as counted one by one", async () => {
    const found = valueIn(await labelDifferences(shell, { from: before, to: after }));
    expect(found).toMatchObject({ from: "before", to: "after", common: 900, onlyFrom: 0, onlyTo: 0 });
    expect(found.images).toBe(changed.length);
    expect(changed.length).toBeGreaterThan(300);
    for (const { position, images, transitions } of found.findings) {
      const counted = Object.fromEntries(transitions.map(({ from, to, images: n }) => [`${from} ${to}`, n]));
      expect(counted).toEqual(countedByHand(position));
      expect(images).toBe(Object.values(counted).reduce((sum, n) => sum + n, 0));
    }
  });

  it("turn round with the sides, and are none of a set against itself", async () => {
    const there = valueIn(await labelDifferences(shell, { from: before, to: after })).findings[3];
    const back = valueIn(await labelDifferences(shell, { from: after, to: before })).findings[3];
    const turned = back?.transitions.map(({ from, to, images }) => ({ from: to, to: from, images }));
    expect(turned).toEqual(there?.transitions);
    expect(valueIn(await labelDifferences(shell, { from: after, to: after }))).toMatchObject({ images: 0 });
    expect(valueIn(await labelDifferences(shell, { from: after, to: "current" }))).toMatchObject({
      images: 0,
    });
  });

  it("see what was changed after freezing in the current labels, and what was imported", async () => {
    const now = valueIn(await labelDifferences(shell, { from: before, to: "current" }));
    expect(now.images).toBe(changed.length);
    const imported = valueIn(await labelDifferences(shell, { from: "source", to: before }));
    expect(imported.images).toBe(
      (
        await database().execute(sql`
      select from label_set_images where label_set_id = 1 and labels ~ '[^.]'`)
      ).length,
    );
  });
});

describe("the list of differing studies", () => {
  it.each<{ only?: { finding: number; from?: "unmentioned"; to?: "positive" | "negative" } }>([
    {},
    { only: { finding: 3 } },
    { only: { finding: 3, from: "unmentioned" } },
    { only: { finding: 8, to: "positive" } },
    { only: { finding: 8, from: "unmentioned", to: "positive" } },
  ])("names each study once over all its pages: %o", async (narrowed) => {
    const { studies } = await everyPage({ from: before, to: after, ...narrowed });
    const passing = changed.filter(({ from, to }) => passes(from, to, narrowed.only));
    const byStudy = Map.groupBy(passing, ({ study }) => study);
    expect(studies.map(({ studyId }) => studyId).toSorted((a, b) => a - b)).toEqual(
      [...byStudy.keys()].toSorted((a, b) => a - b),
    );
    for (const { studyId, images, firstImage } of studies) {
      expect(images).toBe(byStudy.get(studyId)?.length);
      expect(firstImage).toBe(Math.min(...(byStudy.get(studyId) ?? []).map(({ image }) => image)));
    }
  });

  it("ends where nothing differs", async () => {
    expect(valueIn(await differingStudies(shell, { from: after, to: after }))).toEqual({
      rows: [],
      next: null,
    });
  });
});

describe("who and what is refused", () => {
  it("readers, who would see labels", async () => {
    const reader = await personWith("reader");
    expect(await labelDifferences(reader, { from: before, to: after })).toMatchObject({ code: "forbidden" });
    expect(await differingStudies(reader, { from: before, to: after })).toMatchObject({ code: "forbidden" });
    const adjudicator = await personWith("adjudicator");
    expect(await labelDifferences(adjudicator, { from: before, to: after })).toMatchObject({ ok: true });
  });

  it.each([{ labelSet: "nowhere" }, { labelSet: 99_999 }])("a set that is not there: %o", async (to) => {
    expect(await labelDifferences(shell, { from: before, to })).toMatchObject({ code: "not-found" });
    expect(await differingStudies(shell, { from: to, to: before })).toMatchObject({ code: "not-found" });
  });

  it("a finding, a page or a set that cannot be", async () => {
    const sides = { from: before, to: after };
    for (const wrong of [
      { ...sides, only: { finding: 64 } },
      { ...sides, after: -1 },
      { from: { labelSet: 0 }, to: after },
    ]) {
      expect(await differingStudies(shell, wrong)).toMatchObject({ code: "invalid" });
    }
  });
});

async function everyPage(asked: { from: LabelSide; to: LabelSide; only?: { finding: number } }) {
  const studies = [];
  let after: number | null = 0;
  while (after !== null) {
    const page: Awaited<ReturnType<typeof pageAfter>> = await pageAfter(asked, after);
    studies.push(...page.rows);
    after = page.next;
  }
  return { studies };
}

async function pageAfter(
  asked: { from: LabelSide; to: LabelSide; only?: { finding: number } },
  after: number,
) {
  return valueIn(await differingStudies(shell, { ...asked, after, limit: 7 }));
}

function countedByHand(position: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { from, to } of changed) {
    const [a, b] = [stateAt(from, position), stateAt(to, position)];
    if (a !== b) counts[`${a} ${b}`] = (counts[`${a} ${b}`] ?? 0) + 1;
  }
  return counts;
}

function passes(
  from: string,
  to: string,
  only: { finding: number; from?: string; to?: string } | undefined,
): boolean {
  if (!only) return true;
  const [a, b] = [stateAt(from, only.finding), stateAt(to, only.finding)];
  return a !== b && (only.from ?? a) === a && (only.to ?? b) === b;
}
