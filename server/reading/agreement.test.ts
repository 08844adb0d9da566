import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Person } from "@/server/auth/actor";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { worklistAgreement } from "./agreement";
import { plantRoom, shell, studyOf, submit, take } from "./reading.fixture";
import { undoRead } from "./undo";

testDatabase();

const blank = "...............";
const edema = 5;

/** Labels with one state for Edema. */
const says = (state: string) => blank.slice(0, edema) + state + blank.slice(edema + 1);

/** A worklist whose readers say these of Edema, study by study, one letter each. */
async function readBy(...said: readonly string[]) {
  const studies = said[0]?.length ?? 0;
  const {
    worklist,
    ada,
    ben,
    studies: planted,
  } = await plantRoom([personWith("reader"), personWith("reader")], new Array(studies).fill(blank), {
    readsWanted: said.length,
  });
  const readers: Person[] = [ada, ben];
  while (readers.length < said.length) readers.push(await personWith("reader"));
  for (const [at, reader] of readers.entries()) {
    for (const state of said[at] ?? "") {
      const item = await take(reader, worklist);
      await submit(reader, item, says(state));
    }
  }
  return { worklist, readers, planted };
}

async function edemaOf(worklist: number, policy?: "positive-or-uncertain" | "stated-only") {
  const shown = valueIn(await worklistAgreement(shell, { worklist, finding: "edema", policy }));
  const [row] = shown.findings;
  if (!row) throw new Error("no figures");
  return { shown, row, value: (name: keyof typeof row.figures) => row.figures[name].value };
}

describe("agreement of a worklist", () => {
  it("of two readers is what scikit-learn and krippendorff make of their reads", async () => {
    // Ten studies; y = [1,1,0,0,1,0,1,0,0,0] against [1,1,0,0,0,0,1,0,1,0]: sklearn 1.9.1 cohen_kappa_score
    // 0.5833333333, krippendorff 0.9 alpha nominal 0.6041666667, PABAK 2 · 0.8 − 1, 2a/(2a+b+c) = 6/8, 10/12.
    const { worklist } = await readBy("++--+-+---", "++----+-+-");
    const { row, shown, value } = await edemaOf(worklist);
    expect(row).toMatchObject({ finding: "Edema", n: 10, readers: 2, answers: 20, yes: 8 });
    expect(value("cohen")).toBeCloseTo(0.5833333333, 9);
    expect(value("fleiss")).toBeCloseTo(0.5833333333, 9);
    expect(value("alpha")).toBeCloseTo(0.6041666667, 9);
    expect(value("pabak")).toBeCloseTo(0.6, 12);
    expect(value("positiveAgreement")).toBeCloseTo(0.75, 12);
    expect(value("negativeAgreement")).toBeCloseTo(10 / 12, 12);
    expect(value("alphaFourStates")).toBeCloseTo(0.6041666667, 9);
    const { low, high } = row.figures.alpha;
    expect(low).toBeLessThan(0.6);
    expect(high).toBeGreaterThan(0.6);
    expect(shown).toMatchObject({
      studies: 10,
      reads: 20,
      readers: 2,
      policy: { name: "positive-against-rest" },
    });
  });

  it("takes the four states as the policy says, and each for itself in α of four states", async () => {
    // y = [+,?,-,.,+,?] against [+,+,-,-,?,?].
    const { worklist } = await readBy("+?-.+?", "++--??");
    const rest = await edemaOf(worklist);
    expect(rest.row).toMatchObject({ n: 6, yes: 4 });
    expect(rest.value("positiveAgreement")).toBeCloseTo(0.5, 12);
    const doubtful = await edemaOf(worklist, "positive-or-uncertain");
    expect(doubtful.row).toMatchObject({ n: 6, yes: 8 });
    expect(doubtful.value("cohen")).toBe(1);
    const stated = await edemaOf(worklist, "stated-only");
    // Only the first and the third study have two answers.
    expect(stated.row).toMatchObject({ n: 2, answers: 4, yes: 2 });
    expect(stated.value("alpha")).toBe(1);
    // krippendorff 0.9, nominal: [[0,2,1,3,0,2],[0,0,1,1,2,2]].
    for (const { value } of [rest, doubtful, stated]) {
      expect(value("alphaFourStates")).toBeCloseTo(0.3529411765, 9);
    }
  });

  it("of three readers has Fleiss' κ while all have read as much, and α however much they have read", async () => {
    // statsmodels 0.15.0 fleiss_kappa of [[1,1,1],[0,0,1],[0,0,0],[1,0,1]].
    const full = await edemaOf((await readBy("+--+", "+---", "++-+")).worklist);
    expect(full.row.figures.cohen).toMatchObject({
      value: null,
      reason: "Cohen's κ is for two readers; here are 3.",
    });
    expect(full.value("fleiss")).toBeCloseTo(0.3333333333, 9);
    const partly = await edemaOf((await readBy("+--+", "+---", "+")).worklist);
    expect(partly.row.figures.fleiss).toMatchObject({
      value: null,
      low: null,
      reason: "Fleiss' κ needs equally many answers of each study; here are 2 to 3.",
    });
    expect(partly.value("alpha")).not.toBeNull();
  });

  it("says why a figure is not defined", async () => {
    const none = await edemaOf((await readBy("----", "----")).worklist);
    expect(none.row.figures.cohen).toMatchObject({ value: null, reason: "No answer is yes." });
    expect(none.row.figures.positiveAgreement).toMatchObject({ value: null, reason: "No answer is yes." });
    expect(none.row.figures.negativeAgreement).toMatchObject({ value: 1, reason: null });
    const alone = await edemaOf((await readBy("++")).worklist);
    expect(alone.row).toMatchObject({ n: 0, readers: 0 });
    expect(alone.row.figures.alpha).toMatchObject({ value: null, reason: "No study has two answers." });
  });

  it("leaves out what was taken back, and keeps what was read for this list when it is read again for another", async () => {
    const { worklist, readers } = await readBy("++", "++");
    const [ada] = readers;
    if (!ada) throw new Error("no reader");
    valueIn(await undoRead(ada, { worklist }));
    expect((await edemaOf(worklist)).row.n).toBe(1);
    const [held] = await database().execute<{ item: string }>(sql`
      select item_id as item from assignments where worklist_id = ${worklist} and reader_id = ${ada.userId}
        and status = 'submitted'`);
    const study = await studyOf(Number(held?.item));
    await database().execute(sql`
      with gone as (update reads set current = false where study_id = ${study} and reader_id = ${ada.userId})
      insert into reads (study_id, reader_id, revision, labels, blind, idempotency_key)
      values (${study}, ${ada.userId}, 9, ${says("-")}, true, gen_random_uuid())`);
    expect((await edemaOf(worklist)).value("negativeAgreement")).toBeNull();
  });

  it("is empty, not broken, before anybody has read", async () => {
    const { worklist } = await plantRoom([personWith("reader"), personWith("reader")], [blank]);
    const shown = valueIn(await worklistAgreement(shell, { worklist }));
    expect(shown).toMatchObject({ studies: 0, reads: 0, readers: 0 });
    expect(shown.findings).toHaveLength(15);
    expect(shown.findings[0]?.figures.alpha.value).toBeNull();
  });

  it("is kept from readers, who are blind to each other", async () => {
    const { worklist, readers } = await readBy("+", "+");
    const [ada] = readers;
    if (!ada) throw new Error("no reader");
    expect(await worklistAgreement(ada, { worklist })).toMatchObject({ code: "forbidden" });
    expect(await worklistAgreement(shell, { worklist, finding: "Gout" })).toMatchObject({
      code: "not-found",
    });
    expect(await worklistAgreement(shell, { worklist: "nowhere" })).toMatchObject({ code: "not-found" });
  });
});
