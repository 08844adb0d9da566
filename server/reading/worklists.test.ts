import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { listWorklists, previewWorklist, showWorklist } from "./queries";
import { plantStudies, plantWorklist, shell, submit, take } from "./reading.fixture";
import { plantCohort, plantRun } from "./runs.fixture";
import { createWorklist, fillWorklist } from "./worklist-commands";
import type { WorklistQueryInput } from "./worklist-input";

testDatabase();

let named = 0;
/** The studies of a new worklist of this query, as indices into `studies`, in order. */
async function made(
  studies: readonly { readonly studyId: number }[],
  query: WorklistQueryInput,
  more: { dataset?: string; limit?: number; order?: "uncertain-first" | "patient" | "random" } = {},
): Promise<number[]> {
  named += 1;
  const name = `made ${named}`;
  const { id, studies: count } = valueIn(await createWorklist(shell, { name, query, ...more }));
  const preview = valueIn(await previewWorklist(shell, { query, ...more }));
  expect(preview.studies).toBe(count);
  const items = await database().execute<{ study_id: string }>(sql`
    select study_id from worklist_items where worklist_id = ${id} order by position`);
  return items.map(({ study_id }) => studies.findIndex(({ studyId }) => studyId === Number(study_id)));
}

async function datasetOf(studyId: number): Promise<string> {
  const [row] = await database().execute<{ name: string }>(sql`
    select d.name from studies s join datasets d on d.id = s.dataset_id where s.id = ${studyId}`);
  return row?.name ?? "";
}

describe("a worklist's query", () => {
  it("uncertain first: by uncertain findings, then by how little a model believes the label", async () => {
    const studies = await plantStudies(["?", "??", ".", "?", "??", "+-."]);
    const [a, , , d] = studies;
    if (!a || !d) throw new Error("no studies");
    const dataset = await datasetOf(a.studyId);
    await plantRun("doubtful", [
      { study: a, part: 2, truth: 0, pneumonia: 0.9 },
      { study: d, part: 0, truth: 0, pneumonia: 0.2 },
    ]);
    const query = { kind: "uncertain-first" } as const;
    expect(await made(studies, query, { dataset })).toEqual([1, 4, 3, 0]);
    expect(await made(studies, { ...query, minUncertain: 2 }, { dataset })).toEqual([1, 4]);
    expect(await made(studies, { ...query, minUncertain: 0 }, { dataset })).toEqual([1, 4, 3, 0, 2, 5]);
    expect(await made(studies, query, { dataset, limit: 3 })).toEqual([1, 4, 3]);
  });

  it("blank but the model says positive: surest first, blank cells only", async () => {
    // Pneumonia stands at position 7.
    const blank = "";
    const studies = await plantStudies([blank, ".......+", blank, ".......-", "+"]);
    const run = await plantRun(
      "blank",
      studies.map((study, at) => ({
        study,
        part: 2,
        truth: 1,
        pneumonia: [0.6, 0.9, 0.8, 0.9, 0.3][at] ?? 0,
      })),
    );
    const query = {
      kind: "blank-but-model-positive",
      run,
      className: "pneumonia",
      finding: "Pneumonia",
    } as const;
    expect(await made(studies, query)).toEqual([2, 0]);
    expect(await made(studies, { ...query, threshold: 0.7 })).toEqual([2]);
    expect(await made(studies, { ...query, threshold: 0 })).toEqual([2, 0, 4]);
  });

  it("misclassified: test images that the run got wrong, worst first", async () => {
    const studies = await plantStudies(["", "", "", "", ""]);
    const wrong = [
      { part: 2, truth: 0, pneumonia: 0.4 },
      { part: 2, truth: 1, pneumonia: 0.9 },
      { part: 2, truth: 0, pneumonia: 0.9 },
      { part: 0, truth: 0, pneumonia: 0.1 },
      { part: 2, truth: 0, pneumonia: 0.2 },
    ];
    const predicted = studies.map((study, at) => ({ study, ...(wrong[at] ?? wrong[0]) }) as never);
    const run = await plantRun("wrong", predicted);
    expect(await made(studies, { kind: "misclassified", run })).toEqual([1, 4, 0]);
  });

  it("cohort: everything of it, patient by patient", async () => {
    const studies = await plantStudies(["", "", ""]);
    await plantCohort("some", studies.slice(1).toReversed());
    expect(await made(studies, { kind: "cohort", cohort: "some" })).toEqual([1, 2]);
  });

  it("disagreements: standing reads that differ, in most findings first; decided and agreed ones stay out", async () => {
    const studies = await plantStudies(["", "", "", ""]);
    const list = await plantWorklist(studies, { readsWanted: 2 });
    const said = [
      ["+", "-"],
      ["++-", "+-?"],
      ["+", "+"],
      ["+-+", "-+-"],
    ];
    const readers = [await personWith("reader"), await personWith("reader")];
    for (const [study] of studies.entries()) {
      for (const [at, reader] of readers.entries()) {
        await submit(reader, await take(reader, list), said[study]?.[at] ?? "", { confirmed: true });
      }
    }
    expect(await made(studies, { kind: "disagreements" })).toEqual([3, 1, 0]);
  });

  it("takes another order than the kind's own where it is asked for", async () => {
    const studies = await plantStudies([".", "?", "??"]);
    const query = { kind: "selection" as const, studies: studies.map(({ studyId }) => studyId) };
    expect(await made(studies, query)).toEqual([0, 1, 2]);
    expect(await made(studies, query, { order: "uncertain-first" })).toEqual([2, 1, 0]);
    expect(
      await made(studies, { ...query, studies: query.studies.toReversed() }, { order: "patient" }),
    ).toEqual([0, 1, 2]);
  });

  it("random: the same seed gives the same order, another seed another", async () => {
    const studies = await plantStudies(Array.from({ length: 30 }, () => ""));
    const dataset = await datasetOf(studies[0]?.studyId ?? 0);
    const drawn = async (seed: number) => made(studies, { kind: "random", seed }, { dataset, limit: 10 });
    const first = await drawn(7);
    expect(new Set(first).size).toBe(10);
    expect(await drawn(7)).toEqual(first);
    expect(await drawn(8)).not.toEqual(first);
  });

  it("selection: in the order named, an image stands for its study, none twice", async () => {
    const studies = await plantStudies(["", "", ""]);
    const images = [2, 0].map((at) => studies[at]?.imageId ?? 0);
    const named = [studies[0]?.studyId ?? 0];
    expect(await made(studies, { kind: "selection", images })).toEqual([2, 0]);
    expect(await made(studies, { kind: "selection", images, studies: named })).toEqual([0, 2]);
  });

  it("leaves out studies whose films are not here, unless that leaves nothing", async () => {
    const studies = await plantStudies(["?", "?"]);
    const [first, second] = studies.map(({ studyId }) => studyId);
    const dataset = await datasetOf(first ?? 0);
    const query = { kind: "uncertain-first" } as const;
    await database().execute(sql`update images set object_sha256 = null where study_id = ${first ?? 0}`);
    expect(await made(studies, query, { dataset })).toEqual([1]);
    await database().execute(sql`update images set object_sha256 = null where study_id = ${second ?? 0}`);
    expect(await made(studies, query, { dataset })).toEqual([0, 1]);
  });
});

describe("making a worklist", () => {
  const random = { kind: "random" } as const;
  const refusals: readonly { of: string; query: WorklistQueryInput; dataset?: string; code: string }[] = [
    { of: "an unknown dataset", query: random, dataset: "nowhere", code: "not-found" },
    { of: "an unknown run", query: { kind: "misclassified", run: 999 }, code: "not-found" },
    { of: "an unknown cohort", query: { kind: "cohort", cohort: "nowhere" }, code: "not-found" },
    { of: "an empty selection", query: { kind: "selection" }, code: "invalid" },
    {
      of: "studies that are not there",
      query: { kind: "selection", studies: [999_999] },
      code: "conflict",
    },
    {
      of: "no uncertain finding",
      query: { kind: "uncertain-first", minUncertain: 15 },
      code: "conflict",
    },
  ];
  it.each(refusals)("of $of is refused and leaves nothing", async ({ query, dataset, code }) => {
    const before = await database().execute(sql`select count(*) from worklists`);
    expect(await createWorklist(shell, { name: "refused", query, dataset })).toMatchObject({
      ok: false,
      code,
    });
    expect(await database().execute(sql`select count(*) from worklists`)).toEqual(before);
  });

  it("of a class or finding that is not there names what there is", async () => {
    const [study] = await plantStudies([""]);
    if (!study) throw new Error("no study");
    const run = await plantRun("classes", [{ study, part: 2, truth: 0, pneumonia: 1 }]);
    const query = {
      kind: "blank-but-model-positive",
      run,
      className: "covid",
      finding: "Pneumonia",
    } as const;
    const refused = await createWorklist(shell, { name: "refused", query });
    expect(refused).toMatchObject({ code: "invalid", message: expect.stringContaining("pneumonia, none") });
    const unknown = { ...query, className: "pneumonia", finding: "Gout" };
    expect(await createWorklist(shell, { name: "refused", query: unknown })).toMatchObject({
      code: "not-found",
    });
  });

  it("under a name that is taken is refused", async () => {
    const studies = await plantStudies([""]);
    const query = { kind: "selection", studies: studies.map(({ studyId }) => studyId) } as const;
    valueIn(await createWorklist(shell, { name: "taken", query }));
    expect(await createWorklist(shell, { name: "taken", query })).toMatchObject({ code: "conflict" });
  });

  it("is for those who manage worklists", async () => {
    const reader = await personWith("reader");
    expect(await createWorklist(reader, { name: "mine", query: random })).toMatchObject({
      code: "forbidden",
    });
    expect(await previewWorklist(reader, { query: random })).toMatchObject({ code: "forbidden" });
  });
});

describe("filling a worklist", () => {
  it("adds to its end and nothing twice", async () => {
    const studies = await plantStudies(["", "", ""]);
    const worklist = await plantWorklist(studies.slice(1));
    const query = { kind: "selection", studies: studies.map(({ studyId }) => studyId) } as const;
    expect(valueIn(await fillWorklist(shell, { worklist, query })).added).toBe(1);
    expect(valueIn(await fillWorklist(shell, { worklist, query })).added).toBe(0);
    expect(valueIn(await showWorklist(shell, { worklist }))).toMatchObject({
      studies: 3,
      left: 3,
      leftForMe: 3,
    });
    const items = await database().execute<{ study_id: string }>(sql`
      select study_id from worklist_items where worklist_id = ${worklist} order by position`);
    expect(items.map(({ study_id }) => Number(study_id))).toEqual(
      [1, 2, 0].map((at) => studies[at]?.studyId),
    );
  });

  it("makes it where it is asked to, and only then", async () => {
    const studies = await plantStudies([""]);
    const query = { kind: "selection", images: studies.map(({ imageId }) => imageId) } as const;
    const fill = { worklist: "from the errors page", query };
    expect(await fillWorklist(shell, fill)).toMatchObject({ code: "not-found" });
    expect(valueIn(await fillWorklist(shell, { ...fill, create: { readsWanted: 2 } }))).toMatchObject({
      created: true,
      added: 1,
    });
    expect(valueIn(await fillWorklist(shell, { ...fill, create: {} }))).toMatchObject({
      created: false,
      added: 0,
    });
    expect(valueIn(await showWorklist(shell, { worklist: fill.worklist })).readsWanted).toBe(2);
  });
});

describe("how far a worklist is", () => {
  it("counts studies, reads and medians of active time", async () => {
    const worklist = await plantWorklist(await plantStudies(["", "", "", ""]));
    const [ada, ben] = [await personWith("reader"), await personWith("reader")];
    for (const activeMs of [10_000, 20_000]) await submit(ada, await take(ada, worklist), "", { activeMs });
    await submit(ben, await take(ben, worklist), "", { activeMs: 5_400 });
    const shown = valueIn(await showWorklist(shell, { worklist }));
    expect(shown).toMatchObject({ studies: 4, read: 3, left: 1, skipped: 0, flagged: 0, readers: 2 });
    expect(shown.progress).toEqual([
      { reader: ada.email, name: ada.name, reads: 2, medianSeconds: 15 },
      { reader: ben.email, name: ben.name, reads: 1, medianSeconds: 5.4 },
    ]);
    // A reader sees her own pace, and no kind: it would tell of the labels.
    const own = valueIn(await showWorklist(ada, { worklist }));
    expect(own.progress.map(({ reader }) => reader)).toEqual([ada.email]);
    expect(own).toMatchObject({ kind: null, query: null, leftForMe: 1 });
  });

  it("counts the study that a reader holds among those left for her", async () => {
    const worklist = await plantWorklist(await plantStudies(["", ""]));
    const [ada, ben] = [await personWith("reader"), await personWith("reader")];
    await take(ada, worklist);
    expect(valueIn(await showWorklist(ada, { worklist })).leftForMe).toBe(2);
    expect(valueIn(await showWorklist(ben, { worklist })).leftForMe).toBe(1);
  });

  it("is listed newest first, a page at a time", async () => {
    const studies = await plantStudies([""]);
    const ids = [await plantWorklist(studies), await plantWorklist(studies), await plantWorklist(studies)];
    const first = valueIn(await listWorklists(shell, { limit: 2 }));
    expect(first.rows.map(({ id }) => id)).toEqual(ids.slice(1).toReversed());
    const next = valueIn(await listWorklists(shell, { limit: 1, before: first.next ?? 0 }));
    expect(next.rows.map(({ id }) => id)).toEqual([ids[0]]);
  });
});
