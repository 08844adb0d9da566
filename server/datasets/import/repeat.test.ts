import { expect, test } from "vitest";
import { driver } from "@/server/db/client";
import { testDatabase } from "@/server/testing/database";
import {
  type Cells,
  chexpertFolder,
  chexpertTable,
  countsOf,
  covidFolder,
  film,
  imagesOf,
  imported,
  pathOf,
  said,
  testFolder,
  versionOf,
  writeAt,
  writeFilm,
} from "./import.fixture";

testDatabase();
const at = testFolder();

const three: readonly Cells[] = [
  { Path: pathOf(1), Pneumonia: "1.0", Edema: "-1.0" },
  { Path: pathOf(1, 2), "No Finding": "1.0" },
  { Path: pathOf(2), Pneumonia: "0.0", Sex: "Male", Age: "40" },
];

test("the same folder again changes nothing and writes nothing", async () => {
  const folder = await chexpertFolder(at("same"), three);
  const first = await imported(folder, "same");
  expect(first).toMatchObject({ rows: 3, added: 3, updated: 0, unchanged: 0, patients: 2, studies: 3 });
  expect(first.images).toEqual({ present: 3, missing: 0 });
  const before = await everything("same");
  const second = await imported(folder, "same");
  expect(second).toMatchObject({ rows: 3, added: 0, updated: 0, unchanged: 3, patients: 2, studies: 3 });
  expect(await everything("same")).toEqual(before);
  expect(await versionOf("same")).toBe(1);
});

/** Every row of a dataset with the transaction that wrote it last. */
async function everything(name: string) {
  const versions = await driver()`
    select 'patient' as kind, p.id, p.xmin::text from patients p join datasets d on d.id = p.dataset_id where d.name = ${name}
    union all
    select 'study', s.id, s.xmin::text from studies s join datasets d on d.id = s.dataset_id where d.name = ${name}
    union all
    select 'dataset', d.id, d.xmin::text from datasets d where d.name = ${name}
    order by 1, 2`;
  return { images: await imagesOf(name), versions: [...versions] };
}

test("a changed cell updates its image alone and raises the dataset's version", async () => {
  const folder = await chexpertFolder(at("cell"), three);
  await imported(folder, "cell");
  const before = await imagesOf("cell");
  const changed = three.map((row) => (row.Path === pathOf(2) ? { ...row, Pneumonia: "1.0" } : row));
  await writeAt(at("cell", "train.csv"), chexpertTable(changed));
  expect(await imported(folder, "cell")).toMatchObject({ added: 0, updated: 1, unchanged: 2 });
  expect(await versionOf("cell")).toBe(2);
  const after = await imagesOf("cell");
  expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
  expect(await said(after[2]?.labels ?? "")).toEqual({ Pneumonia: "+" });
  expect(after[2]?.film).toBe(before[2]?.film);
});

test("a changed film updates its image, and the labels stay", async () => {
  const folder = await chexpertFolder(at("film"), three);
  await imported(folder, "film");
  const before = await imagesOf("film");
  await writeFilm(folder, pathOf(1), await film(99));
  expect(await imported(folder, "film")).toMatchObject({ added: 0, updated: 1, unchanged: 2 });
  const after = await imagesOf("film");
  expect(after[0]?.film).not.toBe(before[0]?.film);
  expect(after[0]?.labels).toBe(before[0]?.labels);
});

test("a study that was read keeps what was read while its source labels follow the table", async () => {
  const folder = await chexpertFolder(at("read"), three);
  await imported(folder, "read");
  const [first] = await imagesOf("read");
  const read = "-".padEnd(first?.labels.length ?? 0, ".");
  await driver()`update studies set label_origin = 'read', current_labels = ${read}, read_count = 1 where id = ${first?.studyId ?? 0}`;
  await driver()`update images set labels = ${read}, read_state = 'read' where study_id = ${first?.studyId ?? 0}`;
  const changed = three.map((row) => (row.Path === pathOf(1) ? { ...row, Pneumonia: "-1.0" } : row));
  await writeAt(at("read", "train.csv"), chexpertTable(changed));
  expect(await imported(folder, "read")).toMatchObject({ updated: 1, unchanged: 2 });
  const [after] = await imagesOf("read");
  expect(after).toMatchObject({ labels: read, readState: "read" });
  expect(await said(after?.sourceLabels ?? "")).toEqual({ Pneumonia: "?", Edema: "?" });
  const [study] = await driver()<{ source: string; current: string; origin: string }[]>`
    select source_labels as source, current_labels as current, label_origin as origin from studies
    where id = ${first?.studyId ?? 0}`;
  expect(study).toMatchObject({ current: read, origin: "read" });
  expect(await said(study?.source ?? "")).toEqual({ Pneumonia: "?", Edema: "?" });
});

test("a film added to a study that was read takes the study's labels", async () => {
  const folder = await chexpertFolder(at("joined"), three);
  await imported(folder, "joined");
  const [first] = await imagesOf("joined");
  const read = "+".padEnd(first?.labels.length ?? 0, ".");
  await driver()`update studies set label_origin = 'adjudicated', current_labels = ${read} where id = ${first?.studyId ?? 0}`;
  await driver()`update images set labels = ${read}, read_state = 'adjudicated' where study_id = ${first?.studyId ?? 0}`;
  await chexpertFolder(folder, [...three, { Path: pathOf(1, 1, 2), Pneumonia: "1.0", Edema: "-1.0" }]);
  expect(await imported(folder, "joined")).toMatchObject({ added: 1, updated: 0, unchanged: 3, studies: 3 });
  const joined = (await imagesOf("joined")).find((image) => image.path === pathOf(1, 1, 2));
  expect(joined).toMatchObject({ labels: read, readState: "adjudicated", studyId: first?.studyId });
});

test("a table alone, then its folder: the films come in", async () => {
  const folder = await chexpertFolder(at("films-later"), three);
  const alone = await imported(at("films-later", "train.csv"), "films later");
  expect(alone).toMatchObject({ added: 3, images: { present: 0, missing: 3 }, rejected: { count: 0 } });
  expect((await imagesOf("films later")).map((image) => image.film)).toEqual([null, null, null]);
  expect(await imported(folder, "films later")).toMatchObject({ added: 0, updated: 3, unchanged: 0 });
  expect((await imagesOf("films later")).every((image) => image.film !== null)).toBe(true);
});

test("a folder, then its table alone: the films stay and nothing counts as changed", async () => {
  const folder = await chexpertFolder(at("films-stay"), three);
  await imported(folder, "films stay");
  const before = await everything("films stay");
  const again = await imported(at("films-stay", "train.csv"), "films stay");
  expect(again).toMatchObject({ added: 0, updated: 0, unchanged: 3 });
  expect(await everything("films stay")).toEqual(before);
});

test("rows that the table no longer has stay, and are told", async () => {
  const folder = await chexpertFolder(at("fewer"), three);
  await imported(folder, "fewer");
  await writeAt(at("fewer", "train.csv"), chexpertTable(three.slice(0, 2)));
  expect(await imported(folder, "fewer")).toMatchObject({ added: 0, updated: 0, unchanged: 2, absent: 1 });
  expect(await imagesOf("fewer")).toHaveLength(3);
});

test("a film that moves to another patient leaves no empty patient or study behind", async () => {
  const rows = [
    { patientid: "7", offset: "0", finding: "COVID-19", filename: "a.jpg" },
    { patientid: "8", offset: "0", finding: "COVID-19", filename: "b.jpg" },
  ];
  const covid = { format: "covid-chestxray" } as const;
  const folder = await covidFolder(at("moved"), rows);
  await imported(folder, "moved", covid);
  const before = await imagesOf("moved");
  await covidFolder(
    folder,
    rows.map((row) => ({ ...row, patientid: "7" })),
  );
  expect(await imported(folder, "moved", covid)).toMatchObject({ updated: 1 });
  expect(await countsOf("moved")).toEqual({ patients: 1, studies: 1, images: 2 });
  const after = await imagesOf("moved");
  expect(after.map(({ id, patient }) => [id, patient])).toEqual(before.map(({ id }) => [id, "7"]));
});

test("a study left empty stays where a worklist holds it", async () => {
  const covid = { format: "covid-chestxray" } as const;
  const rows = [{ patientid: "7", offset: "0", finding: "COVID-19", filename: "a.jpg" }];
  const folder = await covidFolder(at("left"), rows);
  await imported(folder, "left", covid);
  const [image] = await imagesOf("left");
  await putIntoWorklist(image?.studyId ?? 0);
  await covidFolder(
    folder,
    rows.map((row) => ({ ...row, patientid: "9" })),
  );
  expect(await imported(folder, "left", covid)).toMatchObject({ updated: 1 });
  expect(await countsOf("left")).toEqual({ patients: 2, studies: 2, images: 1 });
});

async function putIntoWorklist(studyId: number) {
  await driver()`
    insert into worklists (name, kind, query, created_by) values ('left', 'random', '{}', 'test')`;
  await driver()`
    insert into worklist_items (worklist_id, study_id, position)
    select id, ${studyId}, 1 from worklists where name = 'left'`;
}

test("a study whose films are labelled differently gets the strongest word per finding", async () => {
  const rows = [
    { patientid: "7", offset: "3", finding: "No Finding", filename: "a.jpg" },
    { patientid: "7", offset: "3", finding: "COVID-19", filename: "b.jpg" },
  ];
  const folder = await covidFolder(at("strongest"), rows);
  const covid = { format: "covid-chestxray" } as const;
  expect(await imported(folder, "strongest", covid)).toMatchObject({ studies: 1, added: 2 });
  const [study] = await driver()<{ labels: string; current: string }[]>`
    select s.source_labels as labels, s.current_labels as current from studies s
    join datasets d on d.id = s.dataset_id where d.name = 'strongest'`;
  const strongest = { "No Finding": "+", Pneumonia: "+", "COVID-19": "+" };
  expect(await said(study?.labels ?? "")).toEqual(strongest);
  expect(await said(study?.current ?? "")).toEqual(strongest);
  const [a, b] = await imagesOf("strongest");
  expect(await said(a?.sourceLabels ?? "")).toEqual({ "No Finding": "+" });
  expect(await said(b?.sourceLabels ?? "")).toEqual({ Pneumonia: "+", "COVID-19": "+" });
});

test("positive beats uncertain, uncertain beats negative, negative beats silence, a contradiction is uncertain", async () => {
  const folder = await chexpertFolder(at("order"), [
    { Path: pathOf(1, 1, 1), Pneumonia: "1.0", Edema: "0.0", Fracture: "", Cardiomegaly: "1.0" },
    { Path: pathOf(1, 1, 2), Pneumonia: "-1.0", Edema: "-1.0", Fracture: "0.0", Cardiomegaly: "0.0" },
  ]);
  await imported(folder, "order");
  const [study] = await driver()<{ labels: string }[]>`
    select s.source_labels as labels from studies s join datasets d on d.id = s.dataset_id where d.name = 'order'`;
  expect(await said(study?.labels ?? "")).toEqual({
    Pneumonia: "+",
    Edema: "?",
    Fracture: "-",
    Cardiomegaly: "?",
  });
});

test("rows without a patient's id each get a patient of their own, the same again at the next import", async () => {
  const rows = ["a.jpg", "b.jpg", "c.jpg"].map((filename, index) => ({
    patientid: index === 2 ? "5" : "",
    offset: "0",
    finding: "COVID-19",
    filename,
  }));
  const folder = await covidFolder(at("nobody"), rows);
  const covid = { format: "covid-chestxray" } as const;
  // Nobody is not counted among the patients.
  expect(await imported(folder, "nobody", covid)).toMatchObject({ added: 3, patients: 1, studies: 3 });
  const before = await imagesOf("nobody");
  expect(before.map(({ placeholder }) => placeholder)).toEqual([true, true, false]);
  expect(before[0]?.patient).not.toBe(before[1]?.patient);
  // The rows stand on other lines now; they are the same films of the same nobody.
  await covidFolder(folder, [
    { patientid: "6", offset: "0", finding: "No Finding", filename: "z.jpg" },
    ...rows,
  ]);
  await writeAt(at("nobody", "images", "a.jpg"), await film(100));
  await writeAt(at("nobody", "images", "b.jpg"), await film(101));
  await writeAt(at("nobody", "images", "c.jpg"), await film(102));
  expect(await imported(folder, "nobody", covid)).toMatchObject({
    added: 1,
    updated: 0,
    unchanged: 3,
    patients: 2,
  });
  expect(await countsOf("nobody")).toMatchObject({ patients: 4 });
});
