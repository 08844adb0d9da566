import dcmjs from "dcmjs";
import { expect, test } from "vitest";
import { type Changes, phantom } from "@/server/images/dicom/dicom.fixture";
import type { Elements } from "@/server/images/dicom/kept-values";
import { testDatabase } from "@/server/testing/database";
import { imported, testFolder, writeAt } from "../import/import.fixture";
import { everyRow, storedDicoms, storedObjects } from "./stored.fixture";

testDatabase();
const at = testFolder();

/** What somebody could be known by, in the shape of each kind of value. */
const telling: Readonly<Record<string, string>> = {
  AE: "MUSTERMANN",
  AS: "097Y",
  CS: "MUSTERMANN",
  DA: "19710623",
  DS: "19710623",
  DT: "19710623101112",
  IS: "19710623",
  LO: "Mustermann Erika",
  LT: "Mustermann Erika",
  PN: "Mustermann^Erika",
  SH: "Mustermann",
  ST: "Mustermann Erika",
  TM: "101112.777",
  UC: "Mustermann Erika",
  UI: "1.2.777.19710623",
  UR: "http://mustermann.example",
  UT: "Mustermann Erika",
};
const bytes = Uint8Array.from(Buffer.from("Mustermann Erika")).buffer;
const told = /mustermann|erika|19710623|1971-06-23|1\.2\.777|101112|\b0?97Y/i;

/** What a film cannot be read without; and groups that are no part of a data set. */
const needed = /^(0002|0000|FFFE|0028(0002|0004|0008|0010|0011|01..|30..)|7FE0)/;

/** Every attribute of the standard that can hold a text, a number or a date, filled. */
function everyField(): Changes {
  const filled: Record<string, { vr: string; Value: (string | ArrayBuffer | Elements)[] }> = {};
  for (const entry of Object.values(dcmjs.data.DicomMetaDictionary.nameMap)) {
    const tag = entry?.tag.replace(/[(),]/g, "").toUpperCase() ?? "";
    if (!entry || !/^[0-9A-F]{8}$/.test(tag) || needed.test(tag)) continue;
    const value = telling[entry.vr];
    if (value !== undefined) filled[tag] = { vr: entry.vr, Value: [value] };
    if (/^(OB|OW|OF|OD|UN)$/.test(entry.vr)) filled[tag] = { vr: entry.vr, Value: [bytes] };
    if (entry.vr === "SQ") filled[tag] = { vr: "SQ", Value: [nested] };
  }
  return filled;
}
const nested: Elements = {
  "00100010": { vr: "PN", Value: ["Mustermann^Erika"] },
  "00081115": { vr: "SQ", Value: [{ "0020000D": { vr: "UI", Value: ["1.2.777.19710623"] } }] },
};

test("names in every field that could hold one: none survives in a stored file or in the database", async () => {
  const fields = everyField();
  expect(Object.keys(fields).length).toBeGreaterThan(3000);
  const privates: Changes = {
    "00090010": { vr: "LO", Value: ["MUSTERMANN"] },
    "00091001": { vr: "LO", Value: ["Mustermann"] },
    "00291010": { vr: "OB", Value: [Uint8Array.from(Buffer.from("Mustermann Erika")).buffer] },
  };
  const keepable = { "00080060": { vr: "CS", Value: ["CR"] }, "00280301": { vr: "CS", Value: ["NO"] } };
  const file = phantom({ ...fields, ...privates, ...keepable });
  // An executable in the preamble, as polyglot files have it.
  file.write("MZ Mustermann Erika", 0, "latin1");
  // And what a reader stops before: behind the pixels.
  const behind = Buffer.concat([
    file,
    Buffer.from([0xfc, 0xff, 0xfc, 0xff]),
    Buffer.from("OB\0\0\x10\0\0\0Mustermann Erika"),
  ]);
  await writeAt(at("names", "mustermann_erika_19710623", "erika.dcm"), behind);
  const result = await imported(at("names"), "names", { format: "dicom" });
  expect(result).toMatchObject({ rows: 1, added: 1, rejected: { count: 0 } });

  const [stored] = await storedDicoms();
  expect(stored?.subarray(0, 128).every((byte) => byte === 0)).toBe(true);
  for (const text of [
    await everyRow(),
    ...(await storedDicoms()).map(latin),
    ...(await storedObjects()).map(latin),
  ]) {
    expect(told.exec(text)?.[0]).toBeUndefined();
  }
});

function latin(bytes: Buffer): string {
  return bytes.toString("latin1");
}
