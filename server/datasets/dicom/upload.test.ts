import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Person } from "@/server/auth/actor";
import { valueOrThrow } from "@/server/auth/command";
import { phantom, slope } from "@/server/images/dicom/dicom.fixture";
import { dataFolder } from "@/server/lib/env";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { writeTar, writeZip } from "../archive/archives.fixture";
import { noteImport } from "../commands";
import { imagesOf } from "../import/import.fixture";
import { performImport } from "../import/perform";
import { beginUpload, receiveChunk } from "../uploads/commands";
import { folderFiles } from "./folder-files";

testDatabase();

let folder: string;
let scientist: Person;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "overread-dicom-"));
  scientist = await personWith("scientist");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function film(number: number): Buffer {
  const pixels = slope.map((value) => (value + number) % 4096);
  return phantom({ "7FE00010": { vr: "OW", Value: [pixels.buffer] } });
}

async function uploaded(name: string, bytes: Buffer, dataset: string) {
  const { uploadId, source } = valueOrThrow(await beginUpload(scientist, { name, size: bytes.length }));
  const body = new Blob([new Uint8Array(bytes)]).stream();
  await receiveChunk(scientist, { id: uploadId, offset: 0, body });
  const noted = valueOrThrow(await noteImport(scientist, { format: "dicom", source, name: dataset }));
  return performImport(scientist, noted.importId);
}

test.each(["zip", "tar.gz"] as const)(
  "an archive (%s) is imported whatever its files are called, and removed",
  async (kind) => {
    const file = path.join(folder, "archive");
    const entries = [
      { name: "DICOMDIR", content: "a directory" },
      { name: "MUSTERMANN/IM000001", content: film(1) },
      { name: "MUSTERMANN/1.2.276.0.1", content: film(2) },
      { name: "MUSTERMANN/film.DCM", content: film(3) },
      { name: "MUSTERMANN/readme.txt", content: "no film" },
    ];
    await (kind === "zip" ? writeZip(file, entries) : writeTar(file, entries, true));
    const result = valueOrThrow(await uploaded("films", await readFile(file), kind));
    expect(result).toMatchObject({ rows: 3, added: 3, rejected: { count: 0 } });
    expect(await imagesOf(kind)).toHaveLength(3);
    // The originals are gone with the upload.
    expect(await readdir(path.join(dataFolder(), "uploads", String(scientist.userId)))).toEqual([]);
  },
);

test("one file is an upload, too; a table is none of DICOM", async () => {
  expect(valueOrThrow(await uploaded("film.dcm", film(4), "one"))).toMatchObject({ rows: 1, added: 1 });
  expect(await uploaded("table.csv", Buffer.from("Path,Sex\na,b\n"), "table")).toMatchObject({
    code: "invalid",
    message: "table.csv is neither an archive nor a DICOM file.",
  });
});

test("in the browser, links out of the folders for imports lead nowhere", async () => {
  const inside = await mkdtemp(path.join(folder, "inside-"));
  await writeFile(path.join(folder, "elsewhere.dcm"), film(5));
  await writeFile(path.join(inside, "here.dcm"), film(6));
  await symlink(path.join(folder, "elsewhere.dcm"), path.join(inside, "link.dcm"));
  await symlink(folder, path.join(inside, "round"));
  const names = async (roots: readonly string[] | null) =>
    (await folderFiles(inside, roots)).map(({ place }) => path.basename(place));
  expect(await names([inside])).toEqual(["here.dcm"]);
  expect(await names(null)).toEqual(["here.dcm", "link.dcm"]);
});
