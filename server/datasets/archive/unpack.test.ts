import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type PlannedEntry, writeTar, writeZip } from "./archives.fixture";
import { fileKind } from "./file-kind";
import { type ArchiveLimits, archiveLimits } from "./limits";
import { unpackArchive } from "./unpack";

let folder: string;
let target: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "overread-archive-"));
});
beforeEach(async () => {
  await rm(folder, { recursive: true, force: true });
  target = path.join(await mkdtemp(folder), "target");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const kinds = ["zip", "tar", "tar.gz"] as const;
type Kind = (typeof kinds)[number];

async function archived(kind: Kind, entries: readonly PlannedEntry[]): Promise<string> {
  const file = path.join(path.dirname(target), `upload.${kind}`);
  if (kind === "zip") await writeZip(file, entries);
  else await writeTar(file, entries, kind === "tar.gz");
  return file;
}

async function unpack(kind: Kind, entries: readonly PlannedEntry[], limits: Partial<ArchiveLimits> = {}) {
  const file = await archived(kind, entries);
  expect(await fileKind(file)).toBe(kind);
  return unpackArchive({ file, kind }, target, { limits: { ...archiveLimits, ...limits } });
}

/** Everything that lies in the upload's own folder, beside the archive. */
const everything = async () =>
  (await readdir(path.dirname(target), { recursive: true })).filter((name) => !name.startsWith("upload."));

describe.each(kinds)("a %s", (kind) => {
  it("gives its tables and films, and leaves the rest packed", async () => {
    const film = randomBytes(3_000_000);
    const unpacked = await unpack(kind, [
      { name: "set/train.csv", content: "Path,Sex\n" },
      { name: "set/train/patient1/study1/view1.jpg", content: film },
      { name: "./set/other/film.PNG", content: "png" },
      { name: "set/more.zip", content: "PK" },
      { name: "set/run.sh", content: "#!/bin/sh" },
      { name: "__MACOSX/set/._train.csv", content: "resource fork" },
    ]);
    expect(unpacked.files).toBe(3);
    expect((await readdir(target, { recursive: true })).filter((name) => name.includes(".")).sort()).toEqual([
      "set/other/film.PNG",
      "set/train.csv",
      "set/train/patient1/study1/view1.jpg",
    ]);
    const back = await readFile(path.join(target, "set/train/patient1/study1/view1.jpg"));
    expect(Buffer.compare(back, film)).toBe(0);
  });

  it.each([
    ["climbs out", { name: "../outside.csv" }, /leads out of it/],
    ["climbs out from within", { name: "set/../../outside.csv" }, /leads out of it/],
    ["is absolute", { name: "/tmp/outside.csv" }, /is absolute/],
    ["names a drive", { name: "C:/outside.csv" }, /is absolute/],
    ["has a backslash", { name: "set\\..\\outside.csv" }, /is no file name/],
    ["has a control character", { name: "set/a\nb.csv" }, /is no file name/],
    ["is longer than a path may be", { name: `${"a/".repeat(600)}b.csv` }, /too long/],
    ["is a link", { name: "set/link.csv", linkTo: "/etc/passwd" }, /is a link/],
    ["is a link that nobody asked for", { name: "set/link", linkTo: "/etc" }, /is a link/],
  ])("is refused whole when an entry %s", async (_, hostile: PlannedEntry, reason) => {
    const entries = [{ name: "set/train.csv", content: "Path\n" }, hostile];
    await expect(unpack(kind, entries)).rejects.toThrow(reason);
    expect(await everything()).toEqual([]);
  });

  it("is refused when it packs more than 100:1", async () => {
    const entries = [{ name: "films.csv", content: Buffer.alloc(30_000_000) }];
    if (kind === "tar") await expect(unpack(kind, entries)).resolves.toMatchObject({ files: 1 });
    else {
      await expect(unpack(kind, entries)).rejects.toThrow(/more than 100 times/);
      expect(await everything()).toEqual([]);
    }
  });

  it("may pack a short table as small as it likes", async () => {
    const entries = [{ name: "films.csv", content: Buffer.alloc(900_000, "a,") }];
    await expect(unpack(kind, entries)).resolves.toMatchObject({ files: 1 });
  });

  it("is refused with too many entries", async () => {
    const entries = Array.from({ length: 30 }, (_, n) => ({ name: `${n}.txt`, content: "" }));
    await expect(unpack(kind, entries, { entries: 29 })).rejects.toThrow(/more than 29 entries/);
    await expect(unpack(kind, entries, { entries: 30 })).resolves.toMatchObject({ files: 0 });
  });

  it("is refused when it unpacks to too much", async () => {
    const entries = Array.from({ length: 3 }, (_, n) => ({
      name: `${n}.png`,
      content: randomBytes(500_000),
    }));
    await expect(unpack(kind, entries, { bytes: 1_400_000 })).rejects.toThrow(/unpacks to more than/);
    expect(await everything()).toEqual([]);
  });

  it("is refused when it names a file twice", async () => {
    const entries = [
      { name: "a/b.csv", content: "1" },
      { name: "a//b.csv", content: "2" },
    ];
    await expect(unpack(kind, entries)).rejects.toThrow(/“a\/b.csv” is in it twice/);
  });

  it("is refused when a file stands where a folder should", async () => {
    const entries = [{ name: "a.csv" }, { name: "a.csv/b.csv" }];
    await expect(unpack(kind, entries)).rejects.toThrow(/is in it twice/);
  });

  it("is refused when it is cut short", async () => {
    const file = await archived(kind, [{ name: "a.png", content: randomBytes(200_000) }]);
    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(0, bytes.length / 2));
    await expect(unpackArchive({ file, kind }, target)).rejects.toThrow(/it is damaged/);
    expect(await everything()).toEqual([]);
  });
});

it("a zip whose directory lies about a size is refused", async () => {
  const entries = [{ name: "a.csv", content: Buffer.alloc(50_000), claimedSize: 100 }];
  await expect(unpack("zip", entries)).rejects.toThrow(/it is damaged/);
});

it.each([
  ["a table", Buffer.from("Path,Sex\na,b\n"), "csv"],
  ["a table with a byte-order mark", Buffer.from("\ufeffPath,Sex\n"), "csv"],
  ["a packed table", gzipSync("Path,Sex\na,b\n"), "csv.gz"],
  ["a long packed table", gzipSync("Path,Sex\na,b\n".repeat(100_000)), "csv.gz"],
  ["a picture", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x2c]), null],
  ["a page", Buffer.from("<!doctype html><p>no table"), null],
  ["nothing", Buffer.alloc(0), null],
  ["something packed that is no table", gzipSync(randomBytes(10_000)), null],
])("%s is told by its bytes", async (_, bytes, kind) => {
  const file = path.join(path.dirname(target), "upload.bin");
  await writeFile(file, bytes);
  expect(await fileKind(file)).toBe(kind);
});
