import { symlink } from "node:fs/promises";
import sharp from "sharp";
import { expect, test } from "vitest";
import { driver } from "@/server/db/client";
import { objectStore } from "@/server/storage/open";
import { testDatabase } from "@/server/testing/database";
import {
  chexpertFolder,
  chexpertTable,
  film,
  imagesOf,
  imported,
  pathOf,
  testFolder,
  writeAt,
  writeFilm,
} from "./import.fixture";

testDatabase();
const at = testFolder();

const noise = (width: number, height: number, channels: 1 | 3 = 1) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "#777",
      noise: { type: "gaussian", mean: 120, sigma: 30 },
    },
  }).toColourspace(channels === 1 ? "b-w" : "srgb");

const notFilms: [what: string, bytes: () => Promise<Buffer>, reason: RegExp][] = [
  [
    "an HTML page with .jpg",
    async () => Buffer.from("<!doctype html><title>404</title>"),
    /not a JPEG or PNG/,
  ],
  [
    "an SVG with .jpg",
    async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    /not a JPEG or PNG/,
  ],
  ["an empty file", async () => Buffer.alloc(0), /not a JPEG or PNG/],
  ["a film cut short", async () => (await noise(400, 400).jpeg().toBuffer()).subarray(0, 4000), /decoded/],
  ["a PNG cut short", async () => (await noise(400, 400).png().toBuffer()).subarray(0, 4000), /decoded/],
  ["one pixel", () => noise(1, 1).png().toBuffer(), /1 × 1.*too small/],
  ["a film 20,000 pixels wide", () => noise(20_000, 40).png().toBuffer(), /20000 × 40.*too large/],
  ["inks for printing", () => noise(64, 64, 3).toColourspace("cmyk").jpeg().toBuffer(), /CMYK/],
];

test("what is no film is told by line with its reason, and the rest goes in", async () => {
  const rows = notFilms.map((_, index) => ({ Path: pathOf(index + 10) }));
  const folder = await chexpertFolder(at("bad"), [{ Path: pathOf(1) }, ...rows, { Path: pathOf(99) }]);
  for (const [index, [, bytes]] of notFilms.entries())
    await writeFilm(folder, pathOf(index + 10), await bytes());
  const result = await imported(folder, "bad");
  expect(result).toMatchObject({ rows: notFilms.length + 2, added: 2, images: { present: 2, missing: 0 } });
  const reasons = new Map(result.rejected.rows.map(({ line, reason }) => [line, reason]));
  for (const [index, [what, , reason]] of notFilms.entries())
    expect(reasons.get(index + 3), what).toMatch(reason);
  expect(reasons.size).toBe(notFilms.length);
});

test("16 bits, colour, turned and transparent films are taken as what they are", async () => {
  const wide = await sharp(new Uint16Array(64 * 80).fill(2000), {
    raw: { width: 80, height: 64, channels: 1 },
  })
    .toColourspace("grey16")
    .png()
    .toBuffer();
  const turned = await noise(80, 64).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const transparent = await noise(64, 64, 3).ensureAlpha(0.5).png().toBuffer();
  const films = [wide, await noise(64, 64, 3).jpeg().toBuffer(), turned, transparent];
  const folder = await chexpertFolder(
    at("kinds"),
    films.map((_, index) => ({ Path: pathOf(index) })),
  );
  for (const [index, bytes] of films.entries()) await writeFilm(folder, pathOf(index), bytes);
  expect(await imported(folder, "kinds")).toMatchObject({ added: 4, rejected: { count: 0 } });
  const stored = await driver()`
    select o.width, o.height, o.channels, o.bit_depth as bits from images i
    join datasets d on d.id = i.dataset_id and d.name = 'kinds' join image_objects o on o.sha256 = i.object_sha256
    order by i.path collate "C"`;
  expect([...stored]).toEqual([
    { width: 80, height: 64, channels: 1, bits: 16 },
    { width: 64, height: 64, channels: expect.any(Number), bits: 8 },
    { width: 64, height: 80, channels: 1, bits: 8 },
    { width: 64, height: 64, channels: expect.any(Number), bits: 8 },
  ]);
});

test("a row whose image is missing is told, and is not in the dataset", async () => {
  const folder = await chexpertFolder(at("missing"), [{ Path: pathOf(1) }, { Path: pathOf(2) }]);
  await writeAt(
    at("missing", "train.csv"),
    chexpertTable([1, 3, 2].map((patient) => ({ Path: pathOf(patient) }))),
  );
  const result = await imported(folder, "missing");
  expect(result).toMatchObject({ rows: 3, added: 2, images: { present: 2, missing: 1 } });
  expect(result.rejected).toEqual({ count: 1, rows: [{ line: 3, reason: "image missing" }] });
});

test("a file name twice is told on its second line", async () => {
  const folder = await chexpertFolder(at("again"), [{ Path: pathOf(1) }, { Path: pathOf(1) }]);
  const result = await imported(folder, "again");
  expect(result).toMatchObject({ rows: 2, added: 1 });
  expect(result.rejected).toEqual({
    count: 1,
    rows: [{ line: 3, reason: "file name twice (first on line 2)" }],
  });
});

test.each([
  ["dotted steps", "CheXpert-v1.0-small/../../patient1/study1/secret.jpg"],
  ["steps that climb after the first", "x/train/../../../patient1/study1/secret.jpg"],
  ["a rooted path", `${"/".repeat(1)}PLACE/patient1/study1/secret.jpg`],
])("a cell with %s reaches no file outside the folder", async (what, named) => {
  const folder = at(what, "inner", "data");
  await chexpertFolder(folder, [{ Path: pathOf(1) }]);
  for (const place of [at(what), at(what, "inner"), at(what, "inner", "data", "..")])
    await writeAt(`${place}/patient1/study1/secret.jpg`, await film(7));
  const Path = named.replace("/PLACE", at(what));
  await writeAt(`${folder}/train.csv`, chexpertTable([{ Path: pathOf(1) }, { Path }]));
  const result = await imported(folder, what);
  expect(result).toMatchObject({ added: 1, images: { present: 1, missing: 1 } });
  expect(result.rejected.rows).toEqual([{ line: 3, reason: "image missing" }]);
});

test("a folder where a film should be is no film", async () => {
  const folder = await chexpertFolder(at("dir"), [{ Path: pathOf(1) }]);
  await writeAt(at("dir", "train/patient00002/study1/view1_frontal.jpg/inside.txt"), "x");
  await writeAt(at("dir", "train.csv"), chexpertTable([{ Path: pathOf(1) }, { Path: pathOf(2) }]));
  expect(await imported(folder, "dir")).toMatchObject({ added: 1, images: { missing: 1 } });
});

test("links are followed for who stands at the server's shell", async () => {
  const folder = await chexpertFolder(at("links"), [{ Path: pathOf(1) }]);
  const elsewhere = await writeAt(at("elsewhere.jpg"), await film(3));
  await writeAt(at("links", "train.csv"), chexpertTable([{ Path: pathOf(1) }, { Path: pathOf(1, 1, 2) }]));
  await symlink(elsewhere, at("links", "train/patient00001/study1/view2_frontal.jpg"));
  expect(await imported(folder, "links")).toMatchObject({ added: 2 });
});

test("the same film under two names is stored once, with one thumbnail", async () => {
  const folder = await chexpertFolder(at("shared"), [{ Path: pathOf(1) }, { Path: pathOf(2) }]);
  await writeFilm(folder, pathOf(1), await film(55));
  await writeFilm(folder, pathOf(2), await film(55));
  expect(await imported(folder, "shared")).toMatchObject({ added: 2 });
  const [first, second] = await imagesOf("shared");
  expect(first?.film).toBe(second?.film);
  const sha256 = first?.film ?? "";
  expect(await objectStore().get(sha256)).toEqual(await film(55));
  const [object] = await driver()<{ thumbnail: string }[]>`
    select thumbnail_sha256 as thumbnail from image_objects where sha256 = ${sha256}`;
  const thumbnail = await sharp(await objectStore().get(object?.thumbnail ?? "")).metadata();
  expect(thumbnail).toMatchObject({ format: "webp", width: 48, height: 48 });
});
