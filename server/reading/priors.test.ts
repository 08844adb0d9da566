import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { film, imported, testFolder, writeAt } from "@/server/datasets/import/import.fixture";
import { database } from "@/server/db/client";
import { type Changes, phantom, slope } from "@/server/images/dicom/dicom.fixture";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { shell } from "./reading.fixture";
import { takeNext } from "./take-next";
import { createWorklist } from "./worklist-commands";

testDatabase();
const at = testFolder();
const one = (vr: string, ...Value: string[]) => ({ vr, Value });

/** A film of the patient of this dataset, in a study of its own. */
function filmOf(number: number, changes: Changes): Buffer {
  return phantom({
    "00080018": one("UI", `1.2.3.7.1.${number}`),
    "0020000D": one("UI", `1.2.3.7.2.${number}`),
    "7FE00010": { vr: "OW", Value: [slope.map((value) => (value + number) % 4096).buffer] },
    ...changes,
  });
}

/** The patient's latest study, as a reader gets it. */
async function latestOf(dataset: string) {
  const [row] = await database().execute<{ id: string }>(sql`
    select s.id from studies s join datasets d on d.id = s.dataset_id
    where d.name = ${dataset} order by s.sequence desc limit 1`);
  const query = { kind: "selection" as const, studies: [Number(row?.id)] };
  const { id } = valueIn(await createWorklist(shell, { name: dataset, query }));
  const { study } = valueIn(await takeNext(await personWith("reader"), { worklist: id }));
  if (!study) throw new Error("nothing to read");
  return study;
}

const daysBetween = (one: string | null, other: string | null) =>
  (Date.parse(other ?? "") - Date.parse(one ?? "")) / 86_400_000;

it("DICOM's studies hang by their moved dates, within a day by their time; files in any order", async () => {
  // In the folder the latest comes first, and the study of the same morning last.
  const dates = ["20200131 101500", "20191224 090000", "20200131 080000"];
  for (const [index, moment] of dates.entries()) {
    const [day = "", time = ""] = moment.split(" ");
    const changes = { "00080020": one("DA", day), "00080030": one("TM", time) };
    await writeAt(at("dated", `${index}.dcm`), filmOf(index, changes));
  }
  await imported(at("dated"), "dated", { format: "dicom" });
  const study = await latestOf("dated");
  expect([study.number, study.of]).toEqual([3, 3]);
  expect(study.date).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(study.date).not.toBe("2020-01-31");
  expect(study.priors.map(({ number, daysBefore }) => [number, daysBefore])).toEqual([
    [2, 0],
    [1, 38],
  ]);
  expect(study.priors.map(({ date }) => daysBetween(date, study.date))).toEqual([0, 38]);
});

it("a study without a date says so, and comes first", async () => {
  await writeAt(at("undated", "1.dcm"), filmOf(11, { "00080020": one("DA", "20200131") }));
  await writeAt(at("undated", "2.dcm"), filmOf(12, { "00080020": undefined }));
  await imported(at("undated"), "undated", { format: "dicom" });
  const study = await latestOf("undated");
  expect(study.priors).toMatchObject([{ number: 1, date: null, daysBefore: null }]);
});

it("covid-chestxray's hang by day offset; the date of its publication stays out of a blind read", async () => {
  const rows = [
    "patientid,offset,sex,age,finding,view,modality,date,location,folder,filename,clinical_notes",
    '9,10,M,50,COVID-19,PA,X-ray,"January 25, 2020",,images,late.jpg,',
    '9,3,M,50,COVID-19,PA,X-ray,"January 25, 2020",,images,early.jpg,',
  ];
  await writeAt(at("covid", "metadata.csv"), `${rows.join("\n")}\n`);
  await writeAt(at("covid", "images", "late.jpg"), await film(1));
  await writeAt(at("covid", "images", "early.jpg"), await film(2));
  await imported(at("covid"), "covid", { format: "covid-chestxray" });
  const study = await latestOf("covid");
  expect(study).toMatchObject({ number: 2, date: null, priors: [{ number: 1, date: null, daysBefore: 7 }] });
  expect(JSON.stringify(study)).not.toMatch(/2020|January/);
});
