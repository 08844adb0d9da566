import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { sql } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Person } from "@/server/auth/actor";
import { valueOrThrow } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { images } from "@/server/db/schema";
import { dataFolder } from "@/server/lib/env";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { type PlannedEntry, writeTar, writeZip } from "../archive/archives.fixture";
import { noteImport } from "../commands";
import { performImport } from "../import/perform";
import { beginUpload, receiveChunk } from "./commands";
import { findUpload } from "./upload-files";

testDatabase();

const header =
  "Path,Sex,Age,Frontal/Lateral,AP/PA,No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Lung Opacity,Lung Lesion,Edema,Consolidation,Pneumonia,Atelectasis,Pneumothorax,Pleural Effusion,Pleural Other,Fracture,Support Devices";
const row = (file: string) => `${file},Male,50,Frontal,AP,1.0,,,,,,,,,,,,,`;
const filmAt = (n: number) => `CheXpert-v1.0-small/train/patient0000${n}/study1/view1_frontal.jpg`;
const table = (...files: string[]) => `${[header, ...files.map(row)].join("\n")}\n`;
let folder: string;
let jpeg: Buffer;
let scientist: Person;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "overread-source-"));
  jpeg = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#456" } })
    .jpeg()
    .toBuffer();
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  scientist = await personWith("scientist");
  await database().execute(sql`truncate images, studies, patients, datasets cascade`);
});

async function uploaded(bytes: Buffer, name = "films"): Promise<string> {
  const { uploadId, source } = valueOrThrow(await beginUpload(scientist, { name, size: bytes.length }));
  await receiveChunk(scientist, {
    id: uploadId,
    offset: 0,
    body: new Blob([new Uint8Array(bytes)]).stream(),
  });
  return source;
}

async function archived(kind: "zip" | "tar" | "tar.gz", entries: readonly PlannedEntry[]): Promise<Buffer> {
  const file = path.join(folder, "archive");
  if (kind === "zip") await writeZip(file, entries);
  else await writeTar(file, entries, kind === "tar.gz");
  return readFile(file);
}

async function imported(source: string, actor: Person = scientist) {
  const noted = await noteImport(actor, { format: "chexpert", source });
  return noted.ok ? performImport(actor, noted.value.importId) : noted;
}

const paths = async () => (await database().select().from(images)).map((image) => image.path);
const upload = (source: string) => findUpload(scientist.userId, source.slice(7, 43));

describe("an uploaded dataset", () => {
  it.each(["zip", "tar", "tar.gz"] as const)("is imported from a %s, which is then removed", async (kind) => {
    const source = await uploaded(
      await archived(kind, [
        { name: "CheXpert-v1.0-small/train.csv", content: table(filmAt(1), filmAt(2)) },
        { name: filmAt(1), content: jpeg },
      ]),
    );
    const result = valueOrThrow(await imported(source));
    expect(result).toMatchObject({
      rows: 2,
      added: 1,
      images: { present: 1, missing: 1 },
      rejected: { count: 1, rows: [{ line: 3, reason: "image missing" }] },
    });
    expect(await paths()).toEqual([filmAt(1)]);
    await expect(upload(source)).rejects.toThrow("no such upload");
  });

  it.each([
    ["", (text: string) => Buffer.from(text)],
    [", gzipped", (text: string) => gzipSync(text)],
  ])("may be its table alone%s", async (_, pack) => {
    const result = await imported(await uploaded(pack(table(filmAt(1), filmAt(2)))));
    expect(valueOrThrow(result)).toMatchObject({ added: 2, images: { present: 0, missing: 2 } });
  });

  it("reaches no file outside its archive by the paths of its table", async () => {
    const secret = path.join(dataFolder(), "patient1", "study1", "view1.jpg");
    await mkdir(path.dirname(secret), { recursive: true });
    await writeFile(secret, jpeg);
    const unpacked = path.join(dataFolder(), "uploads", String(scientist.userId), "its number", "unpacked");
    const climbing = [
      path.relative(unpacked, secret),
      `train/${path.relative(path.join(unpacked, "train"), secret)}`,
    ];
    const entries = [{ name: "train.csv", content: table(...climbing, secret) }];
    const result = valueOrThrow(await imported(await uploaded(await archived("zip", entries))));
    expect(result.rejected.rows.map(({ reason }) => reason)).toEqual(Array(3).fill("image missing"));
    expect(await paths()).toEqual([]);
  });

  it("is kept for another try, but not unpacked, when its import fails", async () => {
    const source = await uploaded(await archived("zip", [{ name: "films/a.jpg", content: jpeg }]));
    expect(await imported(source)).toMatchObject({
      ok: false,
      code: "invalid",
      message: expect.stringContaining("There is no train.csv"),
    });
    expect(existsSync(path.join((await upload(source)).folder, "unpacked"))).toBe(false);
  });

  it.each([
    ["is refused when it climbs", [{ name: "../train.csv", content: "x" }], /leads out of it/],
    ["is refused when it links", [{ name: "train.csv", linkTo: "/etc/passwd" }], /is a link/],
  ])("%s", async (_, entries: PlannedEntry[], reason) => {
    const result = await imported(await uploaded(await archived("zip", entries)));
    expect(result).toMatchObject({ ok: false, message: expect.stringMatching(reason) });
  });

  it("is refused when it is neither archive nor table, or has not come whole", async () => {
    expect(await imported(await uploaded(jpeg, "film.zip"))).toMatchObject({
      message: "film.zip is neither an archive nor a table.",
    });
    const begun = valueOrThrow(await beginUpload(scientist, { name: "a.zip", size: 99 }));
    expect(await imported(begun.source)).toMatchObject({ message: expect.stringContaining("not complete") });
  });
});

describe("a folder of the server, named in the browser", () => {
  const place = (...steps: string[]) => path.join(dataFolder(), "imports", ...steps);
  beforeEach(async () => {
    await rm(place(), { recursive: true, force: true });
    await mkdir(path.dirname(place("set", filmAt(1))), { recursive: true });
    await writeFile(place("set", "train.csv"), table(filmAt(1)));
    await writeFile(place("set", filmAt(1)), jpeg);
  });

  it("is imported when it lies below a folder for imports", async () => {
    expect(valueOrThrow(await imported(place("set")))).toMatchObject({ added: 1, images: { present: 1 } });
  });

  it("is refused elsewhere in the same words, whether it is there, is not, or is linked to", async () => {
    const outside = await mkdtemp(path.join(folder, "outside-"));
    await writeFile(path.join(outside, "train.csv"), table(filmAt(1)));
    await symlink(outside, place("linked"));
    const asked = [
      outside,
      path.join(outside, "nothing"),
      place("linked"),
      place("..", ".."),
      place("none"),
      "/etc",
    ];
    for (const source of asked) {
      expect(await imported(source)).toMatchObject({
        ok: false,
        code: "not-found",
        message: "There is no such folder or table below a folder for imports.",
      });
    }
  });

  it("gives no film that is a link out of it", async () => {
    const outside = path.join(await mkdtemp(path.join(folder, "outside-")), "film.jpg");
    await writeFile(outside, jpeg);
    await rm(place("set", filmAt(1)));
    await symlink(outside, place("set", filmAt(1)));
    expect(valueOrThrow(await imported(place("set")))).toMatchObject({ added: 0, images: { missing: 1 } });
  });
});

it("films of an upload are stored under the SHA-256 of their bytes", async () => {
  const entries = [
    { name: "train.csv", content: table(filmAt(1)) },
    { name: filmAt(1).replace("CheXpert-v1.0-small/", ""), content: jpeg },
  ];
  await imported(await uploaded(await archived("zip", entries)));
  const [image] = await database().select().from(images);
  expect(image?.objectSha256).toBe(createHash("sha256").update(jpeg).digest("hex"));
});
