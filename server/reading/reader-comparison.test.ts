import { describe, expect, it } from "vitest";
import type { Person } from "@/server/auth/actor";
import { valueOf as valueIn } from "@/server/auth/command";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { decide, open } from "./adjudication.fixture";
import { compareReaders } from "./reader-comparison";
import { plantRoom, shell, submit, take } from "./reading.fixture";
import { plantRun } from "./runs.fixture";

testDatabase();

const pneumonia = 7;
const says = (state: string) => state.padStart(pneumonia + 1, ".");

/** Eight studies that Ada and Ben say these of, Ada in two seconds a study and Ben in four. */
async function readTwice(ada = "++--+-+-", ben = "+---+++-") {
  const studies = Array.from(ada, () => "");
  const room = await plantRoom([personWith("reader"), personWith("reader")], studies, { readsWanted: 2 });
  const hands: [Person, string, number][] = [
    [room.ada, ada, 2000],
    [room.ben, ben, 4000],
  ];
  for (const [reader, said, activeMs] of hands) {
    for (const state of said)
      await submit(reader, await take(reader, room.worklist), says(state), { activeMs });
  }
  return room;
}

const asked = { finding: "Pneumonia", policy: "positive-against-rest" } as const;

describe("readers beside each other", () => {
  it("against their consensus have scikit-learn's sensitivity, specificity and F1, with intervals", async () => {
    const { worklist, ada } = await readTwice();
    const { against, reference } = valueIn(await compareReaders(shell, { worklist, ...asked }));
    // By server/ml/reference/reader_rates.py, scikit-learn 1.9.1: who differ make an uncertain consensus, which is no.
    const first = against?.readers.find(({ reader }) => reader.id === ada.userId);
    expect(first).toMatchObject({ n: 8, yes: 3, sensitivity: { value: 1 } });
    expect(first?.specificity.value).toBeCloseTo(0.8, 12);
    expect(first?.f1.value).toBeCloseTo(0.8571428571428571, 12);
    expect(first?.specificity.low).toBeLessThan(0.8);
    expect(first?.specificity.high).toBe(1);
    expect(reference.words).toContain("A reader's own read is part of it");
  });

  it("against the other readers are not flattered by their own word", async () => {
    const { worklist, ada } = await readTwice();
    const { against } = valueIn(await compareReaders(shell, { worklist, ...asked, reference: "others" }));
    const first = against?.readers.find(({ reader }) => reader.id === ada.userId);
    expect(first?.yes).toBe(4);
    for (const figure of [first?.sensitivity, first?.specificity, first?.f1]) {
      expect(figure?.value).toBeCloseTo(0.75, 12);
    }
  });

  it("are held against what an adjudicator decided", async () => {
    const { worklist, ada } = await readTwice();
    const eve = await personWith("adjudicator");
    valueIn(await decide(eve, await open(eve, worklist), says("+")));
    const { against } = valueIn(await compareReaders(shell, { worklist, ...asked }));
    const first = against?.readers.find(({ reader }) => reader.id === ada.userId);
    // The second study is a yes now, as Ada said.
    expect(first).toMatchObject({ yes: 4, sensitivity: { value: 1 }, specificity: { value: 1 } });
  });

  it("have a model beside them, by its test images alone", async () => {
    const { worklist, studies } = await readTwice();
    const given = [0.9, 0.7, 0.2, 0.1, 0.45, 0.3];
    const run = await plantRun("beside readers", [
      ...studies.slice(0, 6).map((study, at) => ({ study, part: 2, truth: 0, pneumonia: given[at] ?? 0 })),
      ...studies.slice(6, 7).map((study) => ({ study, part: 0, truth: 0, pneumonia: 0.01 })),
    ]);
    const model = { run, className: "pneumonia" };
    const { against, models } = valueIn(await compareReaders(shell, { worklist, ...asked, model }));
    // By server/ml/reference/reader_rates.py, scikit-learn 1.9.1.
    expect(against?.model).toMatchObject({
      n: 6,
      yes: 2,
      sensitivity: { value: 0.5 },
      specificity: { value: 0.75 },
      f1: { value: 0.5 },
      auc: { value: 0.875 },
    });
    expect(against?.model?.curve.at(-1)).toMatchObject({ falsePositiveRate: 1, truePositiveRate: 1 });
    expect(models).toEqual([{ run, network: "compact", classes: ["pneumonia", "none"], studies: 6 }]);
    for (const wrong of [
      { run, className: "gout" },
      { run: 999, className: "pneumonia" },
    ]) {
      expect(await compareReaders(shell, { worklist, ...asked, model: wrong })).toMatchObject({
        code: "not-found",
      });
    }
  });

  it("show pace, how often each says yes beside the others, and how much of it is the consensus", async () => {
    const { worklist, ada } = await readTwice();
    const { summaries, findings } = valueIn(await compareReaders(shell, { worklist }));
    const place = findings.indexOf("Pneumonia");
    const first = summaries.find(({ reader }) => reader.id === ada.userId);
    expect(first).toMatchObject({ reads: 8, medianSeconds: 2 });
    expect(first?.yes[place]).toEqual({ yes: 4, answers: 8 });
    expect(first?.yesOfOthers[place]).toEqual({ yes: 4, answers: 8 });
    // 8 studies × 15 findings, of which one cell differs; yes of both in 3, of one in 1.
    expect(first?.sameAsConsensus.value).toBeCloseTo(119 / 120, 12);
    expect(first?.sameYes.value).toBeCloseTo(6 / 7, 12);
  });

  it("say what is not defined, and nothing at all before anybody has read", async () => {
    const { worklist } = await readTwice("--", "--");
    const { against } = valueIn(await compareReaders(shell, { worklist, ...asked }));
    expect(against?.readers[0]?.sensitivity).toEqual({
      value: null,
      low: null,
      high: null,
      reason: "The reference says yes of no study.",
    });
    const unread = await plantRoom([personWith("reader"), personWith("reader")], [""]);
    const empty = valueIn(await compareReaders(shell, { worklist: unread.worklist, ...asked }));
    expect(empty).toMatchObject({ summaries: [], models: [], against: { readers: [], model: null } });
  });

  it("are kept from readers", async () => {
    const { worklist, ada } = await readTwice("+", "+");
    expect(await compareReaders(ada, { worklist })).toMatchObject({ code: "forbidden" });
    expect(await compareReaders(shell, { worklist, finding: "Gout" })).toMatchObject({ code: "not-found" });
  });
});
