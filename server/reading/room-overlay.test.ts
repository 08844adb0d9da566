import { eq } from "drizzle-orm";
import sharp from "sharp";
import { expect, test } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { images, saliencyMaps } from "@/server/db/schema";
import { objectStore } from "@/server/storage/open";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { decide, open } from "./adjudication.fixture";
import { undoAdjudication } from "./adjudication-undo";
import { plantRoom, submit, take } from "./reading.fixture";
import { roomOverlay } from "./room-overlay";
import { plantRun } from "./runs.fixture";
import { takeNext } from "./take-next";

testDatabase();

const nothing = { ok: false, code: "not-found" };
let planted = 0;

/** Two studies in a worklist; of the first one's film, 320 by 390 pixels, a run's map and a mask of its left half. */
async function roomWithMap(blind: boolean) {
  const room = await plantRoom([personWith("reader"), personWith("reader")], ["", ""], {
    blind,
    readsWanted: 2,
  });
  const [first] = room.studies;
  if (!first) throw new Error("no study was planted");
  planted += 1;
  const run = await plantRun(`explained ${planted}`, [{ study: first, part: 2, truth: 0, pneumonia: 0.9 }]);
  const values = Buffer.from(new Float32Array([0, 1, 0, 0]).buffer);
  await database()
    .insert(saliencyMaps)
    .values({
      runId: run,
      imageId: first.imageId,
      method: "hirescam",
      classIndex: 0,
      width: 2,
      height: 2,
      objectSha256: await objectStore().put(values),
      min: 0,
      max: 1,
      score: 2.2,
      probability: 0.9,
    });
  const half = Buffer.from(Array.from({ length: 32 * 39 }, (_, at) => (at % 32 < 16 ? 255 : 0)));
  const mask = await sharp(half, { raw: { width: 32, height: 39, channels: 1 } })
    .png()
    .toBuffer();
  const lungMaskSha256 = await objectStore().put(mask, "image/png");
  await database().update(images).set({ lungMaskSha256 }).where(eq(images.id, first.imageId));
  return { ...room, run, image: first.imageId };
}

test("an open study says which maps there are, and its reader gets one in the film's aspect", async () => {
  const { ada, worklist, run, image } = await roomWithMap(false);
  const { study } = valueIn(await takeNext(ada, { worklist }));
  expect(study?.overlays.saliency).toEqual([
    { run, image, className: "pneumonia", probability: 0.9, score: 2.2 },
  ]);
  const overlay = valueIn(await roomOverlay(ada, { item: study?.item ?? 0, image, run }));
  const { data, info } = await sharp(await overlay.draw())
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([420, 512, 4]);
  // The map's one hot cell is its upper right.
  expect(data[3]).toBe(0);
  expect(data[(info.width - 1) * 4 + 3]).toBe(255);
});

test("a lung mask lies over its film: tinted within, drawn at its border", async () => {
  const { ada, worklist, image } = await roomWithMap(false);
  const { study } = valueIn(await takeNext(ada, { worklist }));
  expect(study?.overlays.lungMasks).toEqual([image]);
  const overlay = valueIn(await roomOverlay(ada, { item: study?.item ?? 0, image }));
  const { data, info } = await sharp(await overlay.draw())
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([420, 512, 4]);
  const alpha = (x: number, y: number) => data[(y * info.width + x) * 4 + 3];
  expect([alpha(0, 200), alpha(100, 200), alpha(300, 200)]).toEqual([255, 89, 0]);
});

test("a blind study has none, whoever asks, before and after it is read", async () => {
  const { ada, worklist, run, image } = await roomWithMap(true);
  const { study } = valueIn(await takeNext(ada, { worklist }));
  expect(study).toMatchObject({ known: null, overlays: { saliency: [], lungMasks: [] } });
  const item = study?.item ?? 0;
  expect(await roomOverlay(ada, { item, image, run })).toMatchObject(nothing);
  expect(await roomOverlay(ada, { item, image })).toMatchObject(nothing);
  await submit(ada, item, "");
  expect(await roomOverlay(ada, { item, image, run })).toMatchObject(nothing);
  expect(await roomOverlay(ada, { item, image })).toMatchObject(nothing);
});

test("nobody gets a map of a study that is not in her hands, or of another study's film", async () => {
  const { ada, ben, studies, worklist, run, image } = await roomWithMap(false);
  const item = await take(ada, worklist);
  expect(await roomOverlay(ben, { item, image, run })).toMatchObject(nothing);
  expect(await roomOverlay(ada, { item, image: studies[1]?.imageId ?? 0, run })).toMatchObject(nothing);
  expect(await roomOverlay(ada, { item, image, run: run + 1 })).toMatchObject(nothing);
  expect(await roomOverlay({ kind: "shell", osUser: "test" }, { item, image, run })).toMatchObject({
    code: "forbidden",
  });
});

/** Ada and Ben have read the study of the map, and differ on it. */
async function disagreementWithMap(blind: boolean) {
  const room = await roomWithMap(blind);
  await submit(room.ada, await take(room.ada, room.worklist), "+");
  await submit(room.ben, await take(room.ben, room.worklist), "-");
  return { ...room, eve: await personWith("adjudicator"), kim: await personWith("adjudicator") };
}

test("an adjudicator may lay the same over the films of an open list, and of no case that she has not in hand", async () => {
  const { worklist, run, image, eve, kim } = await disagreementWithMap(false);
  const held = await open(eve, worklist);
  const { item, known, overlays } = held.study;
  expect(known).toBeNull();
  expect(overlays).toEqual({
    saliency: [{ run, image, className: "pneumonia", probability: 0.9, score: 2.2 }],
    lungMasks: [image],
  });
  expect(await roomOverlay(eve, { item, image, run })).toMatchObject({ ok: true });
  expect(await roomOverlay(eve, { item, image })).toMatchObject({ ok: true });
  expect(await roomOverlay(kim, { item, image, run })).toMatchObject(nothing);
  valueIn(await decide(eve, held, "+"));
  expect(await roomOverlay(eve, { item, image, run })).toMatchObject(nothing);
});

test("an adjudicator of a blind list gets none, neither before she has decided nor after an undo", async () => {
  const { worklist, run, image, eve } = await disagreementWithMap(true);
  const held = await open(eve, worklist);
  const { item } = held.study;
  expect(held.study).toMatchObject({ known: null, overlays: { saliency: [], lungMasks: [] } });
  expect(await roomOverlay(eve, { item, image, run })).toMatchObject(nothing);
  expect(await roomOverlay(eve, { item, image })).toMatchObject(nothing);
  valueIn(await decide(eve, held, "+"));
  expect(await roomOverlay(eve, { item, image, run })).toMatchObject(nothing);
  const { taken } = valueIn(await undoAdjudication(eve, { worklist }));
  expect(taken?.study.overlays).toEqual({ saliency: [], lungMasks: [] });
  expect(await roomOverlay(eve, { item, image })).toMatchObject(nothing);
});
