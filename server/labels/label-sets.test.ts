import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { recordAudit } from "@/server/audit/record";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { auditLog, images, labelSetImages, reads, studies } from "@/server/db/schema";
import { plantDataset, plantImage, plantPatient, plantStudy } from "@/server/images/browse/images.fixture";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { labelChanges } from "./changes";
import { freezeLabels } from "./commands";
import { exportLabels } from "./export";
import { labelCounts, listLabelSets } from "./queries";
import { currentLabelRule } from "./rules";

testDatabase();

const shell = { kind: "shell", osUser: "test" } as const;
let studyIds: number[];

// Two studies as imported; the second was read.
beforeAll(async () => {
  const datasetId = await plantDataset("films");
  const patientId = await plantPatient(datasetId, "patient00007");
  studyIds = [];
  const rows = [
    { labels: "+?-", path: "=cmd()/study1/view1.jpg", view: "AP", sex: "F", age: 68 },
    { labels: "..+", path: 'a "quoted", path/study2/view1.jpg', view: "lateral", sex: "unknown", age: null },
  ] as const;
  for (const [at, row] of rows.entries()) {
    const studyId = await plantStudy({ datasetId, patientId }, at + 1, row.labels);
    await plantImage({ datasetId, patientId, studyId }, row);
    studyIds.push(studyId);
  }
});

describe("freezing", () => {
  it("keeps every image's current label and origin, whatever is read afterwards", async () => {
    const frozen = valueIn(await freezeLabels(shell, { name: "as imported" }));
    expect(frozen).toMatchObject({ name: "as imported", images: 2, studies: 2, rule: currentLabelRule });
    await readSecond("?-+..........+.");
    const later = valueIn(await freezeLabels(shell, { name: "after reading" }));
    expect(await frozenIn(frozen.id)).toEqual(["+?- source", "..+ source"]);
    expect(await frozenIn(later.id)).toEqual(["+?- source", "?-+..........+. read"]);
    expect(valueIn(await listLabelSets(shell, {})).rows.map(({ name }) => name)).toEqual([
      "after reading",
      "as imported",
    ]);
  });

  it("takes a name once, and no empty one", async () => {
    expect(await freezeLabels(shell, { name: "as imported" })).toMatchObject({ code: "conflict" });
    expect(await freezeLabels(shell, { name: " " })).toMatchObject({ code: "invalid" });
    expect(valueIn(await listLabelSets(shell, {})).rows).toHaveLength(2);
  });

  it("is not for readers", async () => {
    const reader = await personWith("reader");
    expect(await freezeLabels(reader, { name: "mine" })).toMatchObject({ code: "forbidden" });
    expect(await labelCounts(reader, {})).toMatchObject({ code: "forbidden" });
    expect(await exportLabels(reader, { labelSet: "as imported" })).toMatchObject({ code: "forbidden" });
  });
});

describe("exporting", () => {
  const header =
    "Path,Sex,Age,Frontal/Lateral,AP/PA,No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Lung Opacity," +
    "Lung Lesion,Edema,Consolidation,Pneumonia,Atelectasis,Pneumothorax,Pleural Effusion,Pleural Other," +
    "Fracture,Support Devices";

  it("writes CheXpert's own layout, and no cell that a spreadsheet would run", async () => {
    expect(await csvOf({ labelSet: "as imported" })).toBe(
      [
        header,
        "'=cmd()/study1/view1.jpg,Female,68,Frontal,AP,1.0,-1.0,0.0,,,,,,,,,,,",
        '"a ""quoted"", path/study2/view1.jpg",Unknown,0,Lateral,,,,1.0,,,,,,,,,,,',
        "",
      ].join("\n"),
    );
  });

  it("adds the other findings only when asked to", async () => {
    const [first, , third] = (await csvOf({ labelSet: "after reading", allFindings: true })).split("\n");
    expect(first).toBe(`${header},COVID-19`);
    expect(third?.endsWith(",-1.0,0.0,1.0,,,,,,,,,,,1.0,")).toBe(true);
  });

  it("holds one dataset where it is named, and leaves an audit row", async () => {
    expect((await csvOf({ labelSet: "as imported", dataset: "films" })).split("\n")).toHaveLength(4);
    const trail = await database().select().from(auditLog).where(eq(auditLog.action, "labels.exported"));
    expect(trail.at(-1)?.detail).toMatchObject({ dataset: "films" });
  });

  it.each([{ labelSet: "nowhere" }, { labelSet: 999 }, { labelSet: "as imported", dataset: "nowhere" }])(
    "of what is not there is not-found: %o",
    async (asked) => {
      expect(await exportLabels(shell, asked)).toMatchObject({ ok: false, code: "not-found" });
    },
  );
});

describe("the labels page", () => {
  it("counts states per finding and where labels come from", async () => {
    const counts = valueIn(await labelCounts(shell, {}));
    expect(counts).toMatchObject({
      images: 2,
      origins: { source: 1, read: 1, consensus: 0, adjudicated: 0 },
    });
    expect(counts.findings[0]).toMatchObject({
      name: "No Finding",
      states: { positive: 1, uncertain: 1, negative: 0, unmentioned: 0 },
      read: { positive: 0, uncertain: 1, negative: 0, unmentioned: 0 },
    });
    expect(valueIn(await labelCounts(shell, { dataset: "nowhere" })).images).toBe(0);
    const frozen = valueIn(await labelCounts(shell, { labelSet: "as imported", dataset: "films" }));
    expect(frozen).toMatchObject({ images: 2, origins: { source: 2, read: 0 } });
    expect(frozen.findings[0]?.states).toEqual({ positive: 1, uncertain: 0, negative: 0, unmentioned: 1 });
    expect(await labelCounts(shell, { labelSet: 999 })).toMatchObject({ code: "not-found" });
  });

  it("tells who changed what from the source, and leaves out who agreed with it", async () => {
    const [first] = studyIds;
    await insertRead(first ?? 0, "+?-");
    const { rows } = valueIn(await labelChanges(shell, {}));
    expect(rows).toMatchObject([
      {
        studyId: studyIds[1],
        patient: "patient00007",
        dataset: "films",
        changes: [
          { finding: "No Finding", from: "unmentioned", to: "uncertain" },
          { finding: "Enlarged Cardiomediastinum", from: "unmentioned", to: "negative" },
          { finding: "Support Devices", from: "unmentioned", to: "positive" },
        ],
      },
    ]);
  });
});

async function csvOf(asked: Parameters<typeof exportLabels>[1]): Promise<string> {
  const parts: string[] = [];
  for await (const { csv } of valueIn(await exportLabels(shell, asked)).chunks()) parts.push(csv);
  return parts.join("");
}

async function frozenIn(labelSetId: number): Promise<string[]> {
  const rows = await database()
    .select()
    .from(labelSetImages)
    .where(eq(labelSetImages.labelSetId, labelSetId))
    .orderBy(labelSetImages.imageId);
  return rows.map(({ labels, origin }) => `${labels} ${origin}`);
}

async function readSecond(labels: string): Promise<void> {
  const studyId = studyIds[1] ?? 0;
  await insertRead(studyId, labels);
  await database()
    .update(studies)
    .set({ currentLabels: labels, labelOrigin: "read" })
    .where(eq(studies.id, studyId));
  await database().update(images).set({ labels }).where(eq(images.studyId, studyId));
}

async function insertRead(studyId: number, labels: string): Promise<void> {
  const { userId: readerId } = await personWith("reader");
  const read = { studyId, readerId, labels, revision: 1, blind: true, idempotencyKey: crypto.randomUUID() };
  await database().insert(reads).values(read);
  await recordAudit(database(), shell, [{ action: "read.submitted" }]);
}
