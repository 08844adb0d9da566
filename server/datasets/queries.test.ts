import { beforeAll, describe, expect, it } from "vitest";
import type { Person } from "@/server/auth/actor";
import { database } from "@/server/db/client";
import { imports } from "@/server/db/schema";
import {
  plantDataset,
  plantFilm,
  plantImage,
  plantPatient,
  plantStudy,
} from "@/server/images/browse/images.fixture";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { listDatasets, showDataset } from "./queries";

testDatabase();

let reader: Person;

beforeAll(async () => {
  reader = await personWith("reader");
  const datasetId = await plantDataset("chexpert");
  await plantDataset("empty");
  const objectSha256 = await plantFilm("film");
  for (const [index, labels] of ["+?", "+-", "", "-?"].entries()) {
    const patientId = await plantPatient(datasetId, `p${index}`);
    const studyId = await plantStudy({ datasetId, patientId }, 1);
    const place = { datasetId, patientId, studyId };
    await plantImage(place, { path: `${index}-a`, labels, age: null, view: "PA" });
    await plantImage(place, { path: `${index}-b`, labels, objectSha256, sex: "M", readState: "read" });
  }
  const result = { datasetId, datasetName: "chexpert", format: "chexpert", source: "/data" };
  await database()
    .insert(imports)
    .values([
      { ...result, status: "failed", startedBy: "older" },
      { ...result, status: "done", startedBy: "newer" },
    ]);
});

const counts = { format: "chexpert", version: 1, images: 8, films: 4, patients: 4, studies: 4 };

describe("datasets", () => {
  it("are listed with their counts and their last import", async () => {
    const list = await listDatasets(reader, {});
    expect(list).toMatchObject({
      ok: true,
      value: {
        datasets: [
          { dataset: "chexpert", ...counts, lastImport: { startedBy: "newer", status: "done" } },
          { dataset: "empty", images: 0, films: 0, patients: 0, studies: 0, lastImport: null },
        ],
      },
    });
  });

  it("show how often each finding has each state", async () => {
    const shown = await showDataset(reader, { name: "chexpert" });
    if (!shown.ok) throw new Error(shown.message);
    expect(shown.value).toMatchObject({ ...counts, readImages: 4 });
    expect(shown.value.findings.slice(0, 2)).toEqual([
      { finding: "No Finding", positive: 4, negative: 2, uncertain: 0, unmentioned: 2 },
      { finding: "Enlarged Cardiomediastinum", positive: 0, negative: 2, uncertain: 4, unmentioned: 2 },
    ]);
    expect(shown.value.views).toEqual([
      { value: "AP", images: 4 },
      { value: "PA", images: 4 },
    ]);
    expect(shown.value.ages).toEqual([
      { value: 50, images: 4 },
      { value: null, images: 4 },
    ]);
  });

  it("of an unknown name are not found", async () => {
    const shown = await showDataset(reader, { name: "nih" });
    expect(shown).toMatchObject({ ok: false, code: "not-found", message: "There is no dataset “nih”." });
  });
});
