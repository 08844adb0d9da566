import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { driver } from "@/server/db/client";
import { env } from "@/server/lib/env";
import { objectStore } from "@/server/storage/open";
import { testDatabase } from "@/server/testing/database";
import { covidFolder, imported, testFolder, writeAt } from "./import.fixture";

testDatabase();
const at = testFolder();
const covid = { format: "covid-chestxray" } as const;
const films = ["one.jpg", "two.png", "three.jpg", "four.jpg"].map((filename, place) => ({
  patientid: String(place),
  filename,
}));

/** A mask of this size, all lung. */
const mask = (width: number, height = width) =>
  sharp({ create: { width, height, channels: 3, background: "#fff" } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
const maskAt = (folder: string, film: string) =>
  path.join(folder, "annotations/lungVAE-masks", `${film}_mask.png`);

const masksOf = (dataset: string) => driver()<{ path: string; sha256: string }[]>`
  select i.path, i.lung_mask_sha256 as sha256 from images i join datasets d on d.id = i.dataset_id
  where d.name = ${dataset} and i.lung_mask_sha256 is not null order by i.path`;

test("masks come with their films, larger ones too; one that cannot be used takes nothing from its film", async () => {
  const folder = await covidFolder(at("masks"), films);
  await writeAt(maskAt(folder, "one"), await mask(48));
  await writeAt(maskAt(folder, "two"), await mask(200));
  await writeAt(maskAt(folder, "three"), await mask(60, 48));
  await writeAt(maskAt(folder, "four"), "no picture");
  const result = await imported(folder, "masks", covid);
  expect(result).toMatchObject({ added: 4, rejected: { count: 0 }, lungMasks: { taken: 2 } });
  expect(result.lungMasks?.refused.toSorted((a, b) => a.line - b.line)).toEqual([
    { line: 4, reason: "its shape, 60 × 48, is not the film's, 48 × 48" },
    { line: 5, reason: "not a JPEG or PNG file, whatever its name says" },
  ]);
  const masks = await masksOf("masks");
  expect(masks.map((row) => row.path)).toEqual(["images/one.jpg", "images/two.png"]);
  expect(await Promise.all(masks.map(({ sha256 }) => objectStore().has(sha256)))).toEqual([true, true]);
});

test("the same import again changes nothing, a mask that came since does, and one that went stays", async () => {
  const folder = await covidFolder(at("again"), films);
  await writeAt(maskAt(folder, "one"), await mask(48));
  await imported(folder, "again", covid);
  expect(await imported(folder, "again", covid)).toMatchObject({ unchanged: 4, updated: 0 });
  await writeAt(maskAt(folder, "two"), await mask(96));
  expect(await imported(folder, "again", covid)).toMatchObject({
    updated: 1,
    changes: { by: { "lung mask": 1 } },
  });
  await rm(maskAt(folder, "one"));
  expect(await imported(folder, "again", covid)).toMatchObject({ updated: 0 });
  expect(await masksOf("again")).toHaveLength(2);
});

const real = path.join(path.resolve(env().OVERREAD_SHARED), "data/covid-chestxray-dataset");
test.skipIf(!existsSync(real))("the real dataset's 74 masks are taken", { timeout: 120_000 }, async () => {
  const { lungMasks } = await imported(real, "covid-chestxray-dataset", covid);
  expect(lungMasks).toEqual({ taken: 74, refused: [] });
});
