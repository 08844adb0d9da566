import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { driver } from "@/server/db/client";
import { testDatabase } from "@/server/testing/database";
import {
  type Cells,
  chexpertTable,
  imagesOf,
  imported,
  pathOf,
  said,
  shell,
  testFolder,
  versionOf,
  writeAt,
} from "./import.fixture";
import { importNow } from "./import-now";

testDatabase();
const at = testFolder();

const good = { Path: pathOf(1), Pneumonia: "1.0" };

test("a wrong value in a label cell is told by line, and the rest goes in", async () => {
  const table = chexpertTable([good, { Path: pathOf(2), Edema: "2.0" }, { Path: pathOf(3), Edema: "maybe" }]);
  const result = await imported(await writeAt(at("values.csv"), table), "values");
  expect(result).toMatchObject({ rows: 3, added: 1, rejected: { count: 2 } });
  expect(result.rejected.rows.map(({ line }) => line)).toEqual([3, 4]);
  expect(result.rejected.rows[0]?.reason).toMatch(/Edema.*2\.0/);
  expect(result.rejected.rows[1]?.reason).toMatch(/Edema.*maybe/);
});

test.each<[what: string, row: Cells, reason: RegExp]>([
  ["an age that is a word", { Path: pathOf(2), Age: "old" }, /age.*old/i],
  ["an age below nothing", { Path: pathOf(2), Age: "-4" }, /age.*-4/i],
  ["a sex that CheXpert does not write", { Path: pathOf(2), Sex: "Femal" }, /sex.*Femal/i],
  ["no path", { Path: "" }, /no path/],
  ["a path of another kind", { Path: "somewhere.jpg" }, /path/],
])("%s is told by line", async (what, row, reason) => {
  const file = await writeAt(at(`${what}.csv`), chexpertTable([good, row, { Path: pathOf(3) }]));
  const result = await imported(file, what);
  expect(result).toMatchObject({ rows: 3, added: 2, rejected: { count: 1 } });
  expect(result.rejected.rows).toEqual([{ line: 3, reason: expect.stringMatching(reason) }]);
});

test("a row with too few or too many cells is told and not guessed at", async () => {
  const table = chexpertTable([good, { Path: pathOf(2) }, { Path: pathOf(3) }]).split("\n");
  table[2] = `${table[2]},more`;
  table[3] = (table[3] ?? "").split(",").slice(0, 4).join(",");
  const result = await imported(await writeAt(at("cells.csv"), table.join("\n")), "cells");
  expect(result).toMatchObject({ rows: 3, added: 1 });
  expect(result.rejected.rows.map(({ line }) => line)).toEqual([3, 4]);
});

test("quotes and line breaks inside a field are read, and later rows keep their line numbers", async () => {
  const rows: Cells[] = [
    { Path: pathOf(1), Note: 'says "quite\nclear", twice\r\nover' },
    { Path: pathOf(2), Edema: "7" },
    { Path: pathOf(3), Note: "plain" },
    { Path: pathOf(4), Note: "a\n\n\nb" },
    { Path: pathOf(5), Edema: "8" },
  ];
  const result = await imported(await writeAt(at("breaks.csv"), chexpertTable(rows, ["Note"])), "breaks");
  // Line 1 the header, 2–4 the first row, 5 the second, 6 the third, 7–10 the fourth, 11 the fifth.
  expect(result.rejected.rows.map(({ line }) => line)).toEqual([5, 11]);
  const notes = (await imagesOf("breaks")).map(({ extra }) => extra?.Note);
  expect(notes).toEqual(['says "quite\nclear", twice\r\nover', "plain", "a\n\n\nb"]);
});

test("line numbers are right in a table with Windows line ends, also behind broken lines", async () => {
  const rows: Cells[] = [
    { Path: pathOf(1), Note: "a\r\n\r\nb" },
    { Path: pathOf(2) },
    { Path: pathOf(3), Edema: "7" },
  ];
  const table = chexpertTable(rows, ["Note"]).replace(/(?<!\r)\n/g, "\r\n");
  const result = await imported(await writeAt(at("windows.csv"), table), "windows");
  expect(result.rejected.rows.map(({ line }) => line)).toEqual([6]);
});

test("blank lines count as lines and not as rows", async () => {
  const table = chexpertTable([good, { Path: pathOf(2), Edema: "7" }]).replace("\nCheX", "\n\n\nCheX");
  const result = await imported(await writeAt(at("blank.csv"), table), "blank");
  expect(result).toMatchObject({ rows: 2, added: 1 });
  expect(result.rejected.rows.map(({ line }) => line)).toEqual([5]);
});

test.each([
  ["a byte-order mark", (table: string) => `\uFEFF${table}`],
  ["Windows line ends", (table: string) => table.replaceAll("\n", "\r\n")],
  ["no line end after the last row", (table: string) => table.trimEnd()],
  ["quotes round every name in the header", (table: string) => table.replace(/^[^\n]+/, quoteAll)],
  ["spaces round the names in the header", (table: string) => table.replace(/^[^\n]+/, spaced)],
])("%s costs nothing", async (what, change) => {
  const table = chexpertTable([good, { Path: pathOf(2), "No Finding": "1" }]);
  const result = await imported(await writeAt(at(`${what}.csv`), change(table)), what);
  expect(result).toMatchObject({ rows: 2, added: 2, rejected: { count: 0 } });
  const [first] = await imagesOf(what);
  expect(await said(first?.labels ?? "")).toEqual({ Pneumonia: "+" });
});

const quoteAll = (header: string) =>
  header
    .split(",")
    .map((name) => `"${name}"`)
    .join(",");
const spaced = (header: string) => header.replaceAll(",", " , ");

test("a byte that is not UTF-8 spoils its character, not its row", async () => {
  const table = Buffer.from(chexpertTable([{ ...good, Note: "caf@" }], ["Note"]));
  table[table.indexOf("@")] = 0xe9;
  await imported(await writeAt(at("latin.csv"), table), "latin");
  expect((await imagesOf("latin"))[0]?.extra).toEqual({ Note: "caf\uFFFD" });
});

const tables: [what: string, content: string | Buffer, message: RegExp][] = [
  ["nothing", "", /empty/],
  ["a header and no rows", chexpertTable([]), /no rows/],
  ["another header", "patientid,offset\n1,2\n", /lacks Path, Sex, Age, Frontal\/Lateral/],
  [
    "a header without one column",
    chexpertTable([good]).replace("Pneumothorax", "Pneumo"),
    /lacks Pneumothorax/,
  ],
  [
    "a quotation mark that never closes",
    `${chexpertTable([good])}"${pathOf(2)},${"Female,1\n".repeat(3)}`,
    /quot/i,
  ],
  ["bytes that are no table", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), /lacks Path/],
];

test.each(tables)("a table of %s is refused and leaves nothing", async (what, content, message) => {
  await refused(await writeAt(at(`${what}.csv`), content), what, message);
});

test("a table that breaks off inside a quotation mark after good rows takes none of them", async () => {
  const rows = Array.from({ length: 2000 }, (_, patient) => ({ Path: pathOf(patient) }));
  const table = `${chexpertTable(rows)}"CheXpert-v1.0-small/train/pat`;
  await refused(await writeAt(at("off.csv"), table), "off", /quot/i);
});

test("a damaged gzip takes none of its rows", async () => {
  const rows = Array.from({ length: 5000 }, (_, patient) => ({
    Path: pathOf(patient),
    Age: `${patient % 90}`,
  }));
  const packed = gzipSync(chexpertTable(rows));
  const cut = packed.subarray(0, packed.length - 2000);
  await refused(await writeAt(at("cut.csv.gz"), cut), "cut", /damaged/);
  const flipped = Buffer.from(packed);
  flipped.fill(0x55, packed.length >> 1, (packed.length >> 1) + 64);
  await refused(await writeAt(at("flipped.csv.gz"), flipped), "flipped", /damaged|can't be read/);
});

test("a gzipped table is read like a plain one", async () => {
  const file = await writeAt(at("packed.csv.gz"), gzipSync(chexpertTable([good])));
  expect(await imported(file, "packed")).toMatchObject({ rows: 1, added: 1 });
});

test("a folder without its table, and nothing at all, are told in words", async () => {
  await writeAt(at("bare", "readme.txt"), "no table here");
  await refused(at("bare"), "bare", /no train\.csv/);
  await refused(at("nowhere"), "nowhere", /There is no/);
});

/** Expects the refusal, a failed import with the reason, and no trace of a dataset. */
async function refused(source: string, name: string, message: RegExp) {
  const result = await importNow(shell, { format: "chexpert", source, name });
  expect(result).toMatchObject({ ok: false, message: expect.stringMatching(message) });
  expect(await versionOf(name)).toBeUndefined();
  const [noted] = await driver()<{ status: string; error: string }[]>`
    select status, error from imports where dataset_name = ${name} order by id desc limit 1`;
  expect(noted).toMatchObject({ status: "failed", error: expect.stringMatching(message) });
}

test("formulas, tabs, backslashes, quotes and NUL come through as they are, without the NUL", async () => {
  const strange = {
    Path: pathOf('patient=cmd|"calc"!A1'),
    Formula: "=HYPERLINK(\"http://x\",'y')",
    Tab: "a\tb\\tc\\",
    Null: "\\N",
    End: "\\.",
    Nul: "a\0b",
    Emoji: "☢️ 肺",
  };
  const names = ["Formula", "Tab", "Null", "End", "Nul", "Emoji"];
  await imported(await writeAt(at("strange.csv"), chexpertTable([strange], names)), "strange");
  const [image] = await imagesOf("strange");
  const { Path, ...rest } = strange;
  expect(image).toMatchObject({ path: Path, patient: 'patient=cmd|"calc"!A1' });
  expect(image?.extra).toEqual({ ...rest, Nul: "ab" });
});

test("columns without a place of their own are kept, and a change in one counts", async () => {
  const row = { ...good, "Prior Study": "yes", Empty: "" };
  const more = ["Prior Study", "Empty"];
  await imported(await writeAt(at("extra.csv"), chexpertTable([row], more)), "extra");
  expect((await imagesOf("extra"))[0]?.extra).toEqual({ "Prior Study": "yes" });
  await writeAt(at("extra.csv"), chexpertTable([{ ...row, "Prior Study": "no" }], more));
  expect(await imported(at("extra.csv"), "extra")).toMatchObject({ updated: 1 });
  expect((await imagesOf("extra"))[0]?.extra).toEqual({ "Prior Study": "no" });
});

test("a file name twice is taken once, by its first line", async () => {
  const table = chexpertTable([good, { Path: pathOf(2) }, { ...good, Pneumonia: "0.0" }]);
  const result = await imported(await writeAt(at("twice.csv"), table), "twice");
  expect(result).toMatchObject({ rows: 3, added: 2, rejected: { count: 1 } });
  expect(result.rejected.rows).toEqual([{ line: 4, reason: "file name twice (first on line 2)" }]);
  expect(await said((await imagesOf("twice"))[0]?.labels ?? "")).toEqual({ Pneumonia: "+" });
});

test("every rejected row is kept with the import, beyond those that the result lists", async () => {
  const rows = Array.from({ length: 1200 }, (_, patient) => ({ Path: pathOf(patient), Edema: "9" }));
  const result = await imported(await writeAt(at("many.csv"), chexpertTable([...rows, good])), "many");
  expect(result.rejected.count).toBe(1200);
  expect(result.rejected.rows).toHaveLength(1000);
  const [kept] = await driver()<{ count: number }[]>`
    select count(*)::int from import_rejections r join imports i on i.id = r.import_id where i.dataset_name = 'many'`;
  expect(kept?.count).toBe(1200);
});
