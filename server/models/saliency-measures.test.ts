import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { images, reads, saliencyMaps } from "@/server/db/schema";
import { objectStore } from "@/server/storage/open";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { finishedRun } from "@/server/testing/finished-run";
import { saliencyMeasures } from "./saliency-measures";

testDatabase();

const pneumonia = 7;
/** Every film is called the first class. Test images stand at places 22 to 29. */
const probabilityOf = () => 0.9;

describe("a run's saliency measures", () => {
  it("are the shares of its test films' maps outside their lung masks, and their mean", async () => {
    const scientist = await personWith("scientist");
    const { run, imageIds } = await finishedRun({ probabilityOf });
    const [left, right, bare, training] = [22, 23, 24, 3].map((place) => imageIds[place] ?? 0);
    // Left half of every mask is lung. A map of 2 × 1 cells over 4 pixels weighs them 1, ¾, ¼, 0 and 0, ¼, ¾, 1:
    // of the left cell 1.75 of 2 lie inside.
    for (const [image, map] of [
      [left, [1, 0]],
      [right, [0, 3]],
      [bare, [1, 0]],
      [training, [1, 0]],
    ] as const) {
      await plantMap(run, image ?? 0, map);
      if (image !== bare) await plantMask(image ?? 0);
    }
    const measures = valueIn(await saliencyMeasures(scientist, { run }));
    expect(measures).toEqual({
      method: "hirescam",
      outsideLungs: { mean: 0.5, evenMap: 0.5, films: 2 },
      pointingGame: null,
      films: [
        { image: left, outsideLungs: { share: 0.125, evenMap: 0.5 }, pointing: null },
        { image: right, outsideLungs: { share: 0.875, evenMap: 0.5 }, pointing: null },
      ],
    });
    // Whoever asks again, in whatever process, has no mask read again: it need not even be there.
    const film = await database().query.images.findFirst({ where: eq(images.id, left ?? 0), with: {} });
    await objectStore().remove(film?.lungMaskSha256 ?? "");
    expect(valueIn(await saliencyMeasures(scientist, { run }))).toEqual(measures);
  });

  it("count the maxima in the regions of current reads, for the finding that the class is called as", async () => {
    const scientist = await personWith("scientist");
    const { run, imageIds } = await finishedRun({ classes: ["pneumonia", "plain"], probabilityOf });
    const at = [22, 23, 24, 25, 26].map((place) => imageIds[place] ?? 0);
    for (const image of at) await plantMap(run, image, [0, 0, 0, 1]);
    // The maximum lies in the middle of the last quarter: 196 of 224. From 0.85 it is 5.6 away, from 0.8 it is 16.8.
    const box = (from: number, to: number, finding = pneumonia) => ({ from, to, finding });
    await plantRead(at[0] ?? 0, [box(0.85, 0.95), box(0, 0.1)]);
    await plantRead(at[1] ?? 0, [box(0.5, 0.85)]);
    await plantRead(at[2] ?? 0, [box(0.5, 0.8)]);
    await plantRead(at[3] ?? 0, [box(0.85, 0.95, pneumonia - 1)]);
    await plantRead(at[4] ?? 0, [box(0.85, 0.95)], { withdrawn: true });
    const { pointingGame, films } = valueIn(await saliencyMeasures(scientist, { run }));
    expect(pointingGame).toEqual({ films: 3, hits: 2, inside: 1, tolerance: 15 });
    expect(films.map(({ image }) => image)).toEqual(at.slice(0, 3));
  });

  it("play no game where no finding is called as the class", async () => {
    const scientist = await personWith("scientist");
    const { run, imageIds } = await finishedRun({ classes: ["sick", "plain"], probabilityOf });
    await plantMap(run, imageIds[22] ?? 0, [1, 0]);
    await plantRead(imageIds[22] ?? 0, [{ from: 0, to: 0.5, finding: pneumonia }]);
    expect(valueIn(await saliencyMeasures(scientist, { run })).films).toEqual([]);
  });

  it("are not for readers, nor of a run that is not there", async () => {
    const { run } = await finishedRun({ probabilityOf });
    expect(await saliencyMeasures(await personWith("reader"), { run })).toMatchObject({ code: "forbidden" });
    const scientist = await personWith("scientist");
    expect(await saliencyMeasures(scientist, { run: 999_999 })).toMatchObject({ code: "not-found" });
  });
});

/** Of the first class, in one row. */
async function plantMap(runId: number, imageId: number, cells: readonly number[]): Promise<void> {
  const values = Float32Array.from(cells);
  await database()
    .insert(saliencyMaps)
    .values({
      runId,
      imageId,
      method: "hirescam",
      classIndex: 0,
      height: 1,
      width: cells.length,
      objectSha256: await objectStore().put(Buffer.from(values.buffer)),
      min: 0,
      max: 3,
      score: 1,
      probability: 0.9,
    });
}

async function plantMask(imageId: number): Promise<void> {
  const data = Buffer.from([255, 255, 0, 0, 255, 255, 0, 0]);
  const png = await sharp(data, { raw: { width: 4, height: 2, channels: 1 } })
    .png()
    .toBuffer();
  const lungMaskSha256 = await objectStore().put(png, "image/png");
  await database().update(images).set({ lungMaskSha256 }).where(eq(images.id, imageId));
}

type Drawn = { readonly from: number; readonly to: number; readonly finding: number };

/** A reader's read with boxes over the film's whole height, `from` and `to` in shares of its width. */
async function plantRead(image: number, boxes: readonly Drawn[], { withdrawn = false } = {}): Promise<void> {
  const film = await database().query.images.findFirst({ where: eq(images.id, image), with: {} });
  if (!film?.objectSha256) throw new Error(`no film ${image}`);
  const { width, height } = await sharp(await objectStore().get(film.objectSha256)).metadata();
  const reader = await personWith("reader");
  await database()
    .insert(reads)
    .values({
      studyId: film.studyId,
      readerId: reader.userId,
      revision: 1,
      withdrawn,
      labels: ".......+",
      regions: boxes.map(({ from, to, finding }) => ({
        image,
        finding,
        shape: "rectangle",
        x: from * width,
        y: 0,
        width: (to - from) * width,
        height,
      })),
      blind: true,
      idempotencyKey: randomUUID(),
    });
}
