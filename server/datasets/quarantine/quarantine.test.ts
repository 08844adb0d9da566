import { buffer } from "node:stream/consumers";
import { beforeAll, describe, expect, it, test } from "vitest";
import type { Person } from "@/server/auth/actor";
import { valueOrThrow } from "@/server/auth/command";
import { driver } from "@/server/db/client";
import { type Changes, phantom, slope } from "@/server/images/dicom/dicom.fixture";
import { objectStore } from "@/server/storage/open";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { imagesOf, imported, testFolder, versionOf, writeAt } from "../import/import.fixture";
import { clearFilms } from "./clear";
import { listQuarantine, quarantinedFilm } from "./queries";
import { rejectFilms } from "./reject";

testDatabase();
const at = testFolder();
const one = (vr: string, ...Value: string[]) => ({ vr, Value });
const asDicom = { format: "dicom" } as const;
const captured: Changes = { "00080016": one("UI", "1.2.840.10008.5.1.4.1.1.7") };
const annotated: Changes = { "00280301": one("CS", "YES") };

let scientist: Person;
let reader: Person;
beforeAll(async () => {
  [scientist, reader] = await Promise.all([personWith("scientist"), personWith("reader")]);
});

function film(number: number, changes: Changes = {}): Buffer {
  const pixels = slope.map((value) => (value + number) % 4096);
  const sop = one("UI", `1.2.3.6.${number}`);
  return phantom({ "00080018": sop, "7FE00010": { vr: "OW", Value: [pixels.buffer] }, ...changes });
}

/** Imports films of a dataset of its own and returns what waits of it. */
async function held(dataset: string, ...films: Buffer[]) {
  for (const [index, bytes] of films.entries()) await writeAt(at(dataset, `${index + 1}.dcm`), bytes);
  const result = await imported(at(dataset), dataset, asDicom);
  const { films: waiting } = valueOrThrow(await listQuarantine(scientist, {}));
  return { result, waiting: waiting.filter((each) => each.dataset === dataset) };
}

const actions = async (action: string) =>
  driver()<
    { object: string }[]
  >`select object_id as object from audit_log where action = ${action} order by id`;

describe("a film is held when", () => {
  it.each([
    { what: "its header says YES", changes: annotated, reason: /says that text is burned in/ },
    { what: "it is a secondary capture", changes: captured, reason: /secondary capture/ },
    { what: "it was converted", changes: { "00080064": one("CS", "SD") }, reason: /converted/ },
    {
      what: "it is a screen",
      changes: { "00080008": one("CS", "DERIVED", "PRIMARY", "SCREEN SAVE") },
      reason: /screen/,
    },
    { what: "no detector made it", changes: { "00080060": one("CS", "OT") }, reason: /no X-ray detector/ },
    { what: "it names no modality", changes: { "00080060": undefined }, reason: /no X-ray detector/ },
    { what: "a person can be recognised", changes: { "00280302": one("CS", "YES") }, reason: /recognised/ },
  ])("$what", async ({ what, changes, reason }) => {
    const { waiting } = await held(what.replace(/\W+/g, "-"), film(what.length, changes));
    expect(waiting.map((each) => each.reason)).toEqual([expect.stringMatching(reason)]);
  });

  it("not when its header says NO, or a detector made it and nothing suggests otherwise", async () => {
    const no = { "00280301": one("CS", "NO") };
    const { result, waiting } = await held("clean", film(1, { ...captured, ...no }), film(2));
    expect(waiting).toEqual([]);
    expect(result).toMatchObject({ added: 2, quarantined: 0 });
  });
});

test("a held film is in no table that any other page reads, and its bytes are not to be had there", async () => {
  const { result, waiting } = await held("hidden", film(11, annotated), film(12));
  expect(result).toMatchObject({ rows: 2, added: 1, quarantined: 1, patients: 1 });
  const [hidden] = waiting;
  const rows = await driver()`
    select 1 from images i join image_objects o on o.sha256 = i.object_sha256
    join quarantined_films q on q.object_sha256 = o.sha256`;
  expect(rows).toHaveLength(0);
  expect((await imagesOf("hidden")).map(({ path }) => path)).not.toContain(hidden?.path);
  // Who may only read films may not look into quarantine.
  const input = { id: hidden?.id ?? 0, variant: "film" } as const;
  expect(await quarantinedFilm(reader, input)).toMatchObject({ ok: false, code: "forbidden" });
  expect(await listQuarantine(reader, {})).toMatchObject({ ok: false, code: "forbidden" });
  expect(await clearFilms(reader, { ids: [input.id] })).toMatchObject({ ok: false, code: "forbidden" });
  expect(await rejectFilms(reader, { ids: [input.id] })).toMatchObject({ ok: false, code: "forbidden" });
  expect(await quarantinedFilm(scientist, input)).toMatchObject({ ok: true });
  const every = { ...input, variant: "every-value" } as const;
  expect(await quarantinedFilm(reader, every)).toMatchObject({ ok: false, code: "forbidden" });
  const { mediaType, open } = valueOrThrow(await quarantinedFilm(scientist, every));
  const { body, size } = await open();
  expect([mediaType, (await buffer(body)).length]).toEqual(["image/png", size]);
  expect(await actions("quarantine.viewed")).toContainEqual({ object: String(input.id) });
});

test("cleared, it is an image like any other, once, and is not asked about again", async () => {
  const { waiting } = await held("cleared", film(21, annotated), film(22));
  const ids = waiting.map(({ id }) => id);
  expect(valueOrThrow(await clearFilms(scientist, { ids }))).toEqual({ cleared: 1, datasets: ["cleared"] });
  const images = await imagesOf("cleared");
  expect(images).toHaveLength(2);
  expect(images.map(({ path, film: object }) => [path, object !== null])).toContainEqual([
    waiting[0]?.path,
    true,
  ]);
  expect(new Set(images.map(({ studyId }) => studyId)).size).toBe(1);
  expect(await versionOf("cleared")).toBe(2);
  expect(await actions("quarantine.cleared")).toContainEqual({ object: String(ids[0]) });
  expect(await clearFilms(scientist, { ids })).toMatchObject({ ok: false, code: "conflict" });
  expect(await imported(at("cleared"), "cleared", asDicom)).toMatchObject({ unchanged: 2, quarantined: 0 });
});

test("films of several datasets are cleared together", async () => {
  const one = await held("several-a", film(31, annotated), film(32, annotated));
  const other = await held("several-b", film(33, annotated));
  const ids = [...one.waiting, ...other.waiting].map(({ id }) => id);
  expect(valueOrThrow(await clearFilms(scientist, { ids })).cleared).toBe(3);
  expect([(await imagesOf("several-a")).length, (await imagesOf("several-b")).length]).toEqual([2, 1]);
});

test("rejected, its files are gone, and a later import refuses it", async () => {
  const { waiting } = await held("rejected", film(41, annotated));
  const ids = waiting.map(({ id }) => id);
  const [objects] = await driver()<{ film: string; dicom: string; thumbnail: string }[]>`
    select o.sha256 as film, o.dicom_sha256 as dicom, o.thumbnail_sha256 as thumbnail
    from quarantined_films q join image_objects o on o.sha256 = q.object_sha256 where q.id = ${ids[0] ?? 0}`;
  expect(valueOrThrow(await rejectFilms(scientist, { ids }))).toEqual({ rejected: 1 });
  for (const sha256 of [objects?.film, objects?.dicom])
    expect(await objectStore().has(sha256 ?? "")).toBe(false);
  expect(await actions("quarantine.rejected")).toContainEqual({ object: String(ids[0]) });
  const again = await imported(at("rejected"), "rejected", asDicom);
  expect(again).toMatchObject({ added: 0, quarantined: 0, rejected: { count: 1 } });
  expect(again.rejected.rows[0]?.reason).toBe("it was rejected in quarantine");
  expect(await objectStore().has(objects?.film ?? "")).toBe(false);
});

test("a decision on films of which one waits no more changes none", async () => {
  const { waiting } = await held("half", film(51, annotated), film(52, annotated));
  const [first, second] = waiting.map(({ id }) => id);
  valueOrThrow(await clearFilms(scientist, { ids: [first ?? 0] }));
  const both = await rejectFilms(scientist, { ids: [first ?? 0, second ?? 0] });
  expect(both).toMatchObject({ ok: false, code: "conflict" });
  expect(valueOrThrow(await listQuarantine(scientist, {})).films.map(({ id }) => id)).toContain(second);
});

test("the same files again keep waiting under their numbers", async () => {
  const { waiting } = await held("waits", film(61, annotated));
  const again = await held("waits", film(61, annotated));
  expect(again.result.quarantined).toBe(1);
  expect(again.waiting.map(({ id }) => id)).toEqual(waiting.map(({ id }) => id));
});
