import { randomUUID } from "node:crypto";
import { desc } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Person } from "@/server/auth/actor";
import { database } from "@/server/db/client";
import { auditLog, predictions, reads, runs } from "@/server/db/schema";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { imageDetail } from "./detail";
import { plantDataset, plantFilm, plantImage, plantPatient, plantSplit, plantStudy } from "./images.fixture";
import { patientTimeline } from "./patient";
import { studiesPerPage } from "./schema";

testDatabase();

let reader: Person;
let adjudicator: Person;
let first: { readonly image: number; readonly patient: number };
let copy: { readonly image: number; readonly patient: number };
let runId: number;

beforeAll(async () => {
  [reader, adjudicator] = [await personWith("reader"), await personWith("adjudicator")];
  first = await plantPatientWithFilm("137", "A7E260CE.jpeg", await plantFilm("jpeg bytes", "one film"));
  copy = await plantPatientWithFilm("202", "case_76.png", await plantFilm("png bytes", "one film"));
  const splitId = await plantSplit(
    "random",
    new Map([
      [first.image, 0],
      [copy.image, 2],
    ]),
  );
  const [run] = await database()
    .insert(runs)
    .values({
      splitId,
      network: "compact",
      configuration: {},
      seed: 1,
      classes: ["COVID-19", "other"],
      datasetVersions: {},
      codeVersion: "test",
      status: "done",
      createdBy: "test",
    })
    .returning();
  runId = run?.id ?? 0;
  await database()
    .insert(predictions)
    .values({
      runId,
      imageId: copy.image,
      part: 2,
      classIndex: 0,
      predictedIndex: 1,
      probabilities: [0.25, 0.75],
    });
});

let dataset: number | undefined;
async function plantPatientWithFilm(externalId: string, path: string, objectSha256: string) {
  dataset ??= await plantDataset("covid");
  const patient = await plantPatient(dataset, externalId);
  const studyId = await plantStudy({ datasetId: dataset, patientId: patient }, 1, "+..?");
  const place = { datasetId: dataset, patientId: patient, studyId };
  const extra = { clinical_notes: "fever" };
  const { id } = await plantImage(place, { path, objectSha256, labels: "+..?", extra });
  for (const [revision, labels] of ["+...", "+..-"].entries()) {
    await database()
      .insert(reads)
      .values({
        studyId,
        readerId: reader.userId,
        revision: revision + 1,
        current: revision === 1,
        labels,
        blind: true,
        idempotencyKey: randomUUID(),
      });
  }
  return { image: id, patient };
}

describe("one image", () => {
  it("tells how its labels came to be, oldest first", async () => {
    const detail = await imageDetail(adjudicator, { id: first.image });
    if (!detail.ok) throw new Error(detail.message);
    const steps = detail.value.history?.map(({ kind, by, labels, standing }) => [kind, by, labels, standing]);
    expect(steps).toEqual([
      ["source", "covid", "+..?", "current"],
      ["read", reader.name, "+...", "replaced"],
      ["read", reader.name, "+..-", "current"],
    ]);
  });

  it("tells what runs said, its part, and the same film under another patient", async () => {
    const detail = await imageDetail(adjudicator, { id: copy.image });
    expect(detail).toMatchObject({
      ok: true,
      value: {
        extra: { clinical_notes: "fever" },
        predictions: [
          {
            runId,
            network: "compact",
            part: "test",
            truth: "COVID-19",
            predicted: "other",
            probabilities: [
              { className: "COVID-19", probability: 0.25 },
              { className: "other", probability: 0.75 },
            ],
          },
        ],
        parts: [{ split: "random", part: "test" }],
        duplicates: [{ id: first.image, patient: "137", path: "A7E260CE.jpeg" }],
      },
    });
  });

  it("keeps labels, reads, runs and splits from readers", async () => {
    const detail = await imageDetail(reader, { id: copy.image });
    expect(detail).toMatchObject({
      ok: true,
      value: { labels: null, extra: {}, history: null, predictions: null, parts: null, patient: "202" },
    });
  });

  it("leaves an audit row when opened", async () => {
    await imageDetail(reader, { id: first.image });
    const [entry] = await database().select().from(auditLog).orderBy(desc(auditLog.id)).limit(1);
    expect(entry).toMatchObject({ action: "image.opened", objectId: String(first.image) });
  });

  it("that is unknown is not found", async () => {
    expect(await imageDetail(adjudicator, { id: 4_000_000_000 })).toMatchObject({ code: "not-found" });
  });
});

describe("a patient", () => {
  it("shows studies, parts of splits, and films that stand elsewhere", async () => {
    const timeline = await patientTimeline(adjudicator, { id: first.patient });
    expect(timeline).toMatchObject({
      ok: true,
      value: {
        patient: "137",
        dataset: "covid",
        studyCount: 1,
        imageCount: 1,
        studies: [{ study: "study1", labels: "+..?", images: [{ id: first.image }] }],
        splits: [{ split: "random", parts: { train: 1, validation: 0, test: 0 } }],
        duplicates: [{ of: first.image, id: copy.image, patient: "202" }],
        next: null,
      },
    });
  });

  it("has no labels and no splits for readers", async () => {
    const timeline = await patientTimeline(reader, { id: first.patient });
    expect(timeline).toMatchObject({ ok: true, value: { splits: null, studies: [{ labels: null }] } });
  });

  it("with many studies comes in pages, in order of time", async () => {
    const datasetId = await plantDataset("long");
    const patientId = await plantPatient(datasetId, "p");
    const sequences = Array.from({ length: studiesPerPage + 5 }, (_, index) => studiesPerPage + 4 - index);
    for (const sequence of sequences) await plantStudy({ datasetId, patientId }, sequence);
    const found: number[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof patientTimeline>> = await patientTimeline(reader, {
        id: patientId,
        after,
      });
      if (!page.ok) throw new Error(page.message);
      found.push(...page.value.studies.map(({ sequence }) => sequence));
      after = page.value.next;
    } while (after !== null);
    expect(found).toEqual(sequences.toReversed());
  });

  it("that is unknown is not found, and a key that is none is invalid", async () => {
    expect(await patientTimeline(reader, { id: 4_000_000_000 })).toMatchObject({ code: "not-found" });
    expect(await patientTimeline(reader, { id: first.patient, after: "x" })).toMatchObject({
      code: "invalid",
    });
  });
});
