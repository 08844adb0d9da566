import { existsSync } from "node:fs";
import path from "node:path";
import dicomParser from "dicom-parser";
import { expect, test } from "vitest";
import { phantom, slope } from "@/server/images/dicom/dicom.fixture";
import { env } from "@/server/lib/env";
import { testDatabase } from "@/server/testing/database";
import { imagesOf, imported, testFolder, versionOf, writeAt } from "../import/import.fixture";
import { everyRow, storedDicoms } from "./stored.fixture";

testDatabase();
const at = testFolder();
const one = (vr: string, ...Value: (string | number)[]) => ({ vr, Value });
const asDicom = { format: "dicom" } as const;

/** Another film: other pixels, another SOP instance. */
function film(number: number, changes: Parameters<typeof phantom>[0] = {}): Buffer {
  const pixels = slope.map((value) => (value + number) % 4096);
  return phantom({
    "00080018": one("UI", `1.2.3.4.1.${number}`),
    "7FE00010": { vr: "OW", Value: [pixels.buffer] },
    ...changes,
  });
}

test("a folder becomes patients, studies and images by their headers", async () => {
  const later = { "0020000D": one("UI", "1.2.3.4.8"), "00080020": one("DA", "20190412") };
  await writeAt(at("plain", "MUSTERMANN_ERIKA", "IM1"), film(1));
  await writeAt(at("plain", "MUSTERMANN_ERIKA", "IM2"), film(2, { "00185101": one("CS", "LATERAL") }));
  await writeAt(at("plain", "MUSTERMANN_ERIKA", "later", "IM3"), film(3, later));
  await writeAt(
    at("plain", "other.dcm"),
    film(4, { "00100020": one("LO", "4712"), "0020000D": one("UI", "1.9") }),
  );
  await writeAt(at("plain", "README.txt"), "no film");
  await writeAt(at("plain", "DICOMDIR"), "a directory");
  const result = await imported(at("plain"), "plain", asDicom);
  expect(result).toMatchObject({
    rows: 5,
    images: { present: 4, missing: 0 },
    studies: 3,
    patients: 2,
    added: 4,
  });
  expect(result).toMatchObject({ quarantined: 0, rejected: { count: 1, rows: [{ line: 4 }] } });
  expect(result.rejected.rows[0]?.reason).toMatch(/not a DICOM file/);
  const images = await imagesOf("plain");
  expect(images.map(({ view, sex, age }) => [view, sex, age])).toEqual(
    expect.arrayContaining([
      ["PA", "F", 61],
      ["lateral", "F", 61],
    ]),
  );
  const ofFirst = images.filter(
    ({ patient }) => patient === images.find(({ view }) => view === "lateral")?.patient,
  );
  expect(ofFirst).toHaveLength(3);
  expect(new Set(ofFirst.map(({ study }) => study)).size).toBe(2);
  // Folders called after a patient, her id, and the real dates are in no table.
  const rows = await everyRow();
  for (const told of ["mustermann", "4711", "4712", "2019-04", "201904", "1.2.3.4"]) {
    expect(rows.toLowerCase()).not.toContain(told);
  }
});

test("the same folder again changes nothing, and is the same under the same secret", async () => {
  await writeAt(at("again", "1.dcm"), film(11));
  await imported(at("again"), "again", asDicom);
  const before = await imagesOf("again");
  expect(await imported(at("again"), "again", asDicom)).toMatchObject({ added: 0, updated: 0, unchanged: 1 });
  expect(await imagesOf("again")).toEqual(before);
  expect(await versionOf("again")).toBe(1);
});

test("days between a patient's studies stay; the days themselves move, by another number for another", async () => {
  for (const [patient, day] of [
    ["a", "20200101"],
    ["a", "20200131"],
    ["b", "20200101"],
  ] as const) {
    const study = one("UI", `1.2.3.5.${patient === "a" ? 1 : 2}.${day}`);
    const changes = { "00100020": one("LO", patient), "00080020": one("DA", day), "0020000D": study };
    await writeAt(
      at("days", `${patient}${day}`),
      film(20 + Number(day.slice(-2)), { ...changes, "00080018": study }),
    );
  }
  await imported(at("days"), "days", asDicom);
  const days = (await imagesOf("days")).map(({ patient, study }) => ({
    patient,
    day: Date.parse(study.slice(0, 10)),
  }));
  const [twice = []] = [...Map.groupBy(days, ({ patient }) => patient).values()].filter(
    (all) => all.length === 2,
  );
  const [first, second] = twice.map(({ day }) => day).sort((a, b) => a - b);
  expect(((second ?? 0) - (first ?? 0)) / 86_400_000).toBe(30);
  expect(days.every(({ day }) => day < Date.UTC(2020, 0, 1))).toBe(true);
  const starts = Map.groupBy(days, ({ patient }) => patient)
    .values()
    .map((all) => Math.min(...all.map(({ day }) => day)));
  expect(new Set(starts).size).toBe(2);
});

test("the file in the store says what was done, and of whom no more", async () => {
  await writeAt(at("record", "1.dcm"), film(31, { "00091001": one("LO", "private") }));
  await imported(at("record"), "record", asDicom);
  const sets = (await storedDicoms()).map((file) => dicomParser.parseDicom(file));
  const [image] = await imagesOf("record");
  const set = sets.find((each) => each.string("x00100020") === image?.patient && each.string("x00280303"));
  expect(set?.string("x00120062")).toBe("YES");
  expect(set?.string("x00120063")).toMatch(/^PS3\.15 Basic Application Level Confidentiality Profile\\/);
  expect(set?.string("x00280303")).toBe("MODIFIED");
  const codes = set?.elements.x00120064?.items?.map(({ dataSet }) => dataSet?.string("x00080100"));
  expect(codes).toEqual(["113100", "113107"]);
  for (const file of sets) {
    expect(Object.keys(file.elements).filter((tag) => Number.parseInt(tag[4] ?? "", 16) % 2 === 1)).toEqual(
      [],
    );
    expect(file.string("x0020000d")).toMatch(/^2\.25\.\d{30,39}$/);
    expect(file.string("x00080018")).toBe(file.string("x00020003"));
    expect(file.string("x00100030")).toBeUndefined();
  }
});

test("another secret than the first import's is refused: a patient would become two", async () => {
  await writeAt(at("secret", "1.dcm"), film(41));
  await imported(at("secret"), "secret", asDicom);
  const { adoptSettings } = await import("@/server/lib/env");
  adoptSettings({ OVERREAD_PSEUDONYM_SECRET: "x".repeat(40) });
  await expect(imported(at("secret"), "secret", asDicom)).rejects.toThrow(/another secret/);
  adoptSettings({ OVERREAD_PSEUDONYM_SECRET: "" });
  expect(await imported(at("secret"), "secret", asDicom)).toMatchObject({ unchanged: 1 });
});

const real = path.resolve(env().OVERREAD_SHARED, "data/dicom");
test(`the real files (skipped where ${real} is not)`, { skip: !existsSync(real) }, async () => {
  const result = await imported(real, "real", asDicom);
  // Both are secondary captures that say nothing of burned-in text; both are of one SOP instance.
  expect(result).toMatchObject({
    rows: 2,
    images: { present: 2 },
    quarantined: 2,
    added: 0,
    rejected: { count: 0 },
  });
  expect(await imagesOf("real")).toEqual([]);
});
