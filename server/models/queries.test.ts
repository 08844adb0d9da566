import { eq, sql } from "drizzle-orm";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { auditLog, saliencyMaps, splitLeaks, worklistItems } from "@/server/db/schema";
import { objectStore } from "@/server/storage/open";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { finishedRun } from "@/server/testing/finished-run";
import { sendToReading } from "./commands";
import { exportPredictions } from "./export-predictions";
import { listErrors, listPredictions, partScores } from "./queries";
import { saliencyOverlay, showSaliency } from "./saliency";

testDatabase();

/** Test images stand at places 22 to 29 of the split; even ones are of the first class. */
const wrongAt = new Map([
  [22, 0.1],
  [24, 0.4],
  [25, 0.9],
  [27, 0.6],
]);
const probabilityOf = (place: number, classIndex: number) =>
  wrongAt.get(place) ?? (classIndex === 0 ? 0.8 : 0.2);

describe("errors of a model", () => {
  it("are the misclassified test images, worst first, page by page, with counts of each kind", async () => {
    const adjudicator = await personWith("adjudicator");
    const { run, splitId, imageIds } = await finishedRun({ probabilityOf });
    await database()
      .insert(splitLeaks)
      .values({
        splitId,
        imageId: imageIds[27] ?? 0,
        trainImageId: imageIds[0] ?? 0,
        reason: "patient",
        part: 2,
        classIndex: 1,
        position: 0,
      });
    const all = valueIn(await listErrors(adjudicator, { run }));
    // By the probability of the true class: 0.1, 0.1 (tie by number), 0.4, 0.4.
    expect(all.cases.map(({ image }) => imageIds.indexOf(image))).toEqual([25, 22, 27, 24].sort(byTruth));
    expect(all.counts).toEqual({ all: 4, missed: 2, "false-alarm": 2, leaked: 1 });
    expect(all.cases.find(({ image }) => image === imageIds[27])).toMatchObject({
      leaked: true,
      truth: 1,
      predicted: 0,
      saliency: null,
    });
    const seen: number[] = [];
    let after: { p: number; image: number } | undefined;
    do {
      const page = valueIn(await listErrors(adjudicator, { run, after, limit: 1 }));
      seen.push(...page.cases.map(({ image }) => image));
      after = page.next ?? undefined;
    } while (after);
    expect(seen).toEqual(all.cases.map(({ image }) => image));
    const missed = valueIn(await listErrors(adjudicator, { run, kind: "missed" }));
    expect(missed.cases.map(({ image }) => imageIds.indexOf(image))).toEqual([22, 24]);
  });

  it("go to the readers: their studies fill a worklist once", async () => {
    const scientist = await personWith("scientist");
    const { run, imageIds } = await finishedRun({ probabilityOf });
    const { cases } = valueIn(await listErrors(scientist, { run }));
    const images = cases.map(({ image }) => image);
    const sent = valueIn(
      await sendToReading(scientist, { images: images.slice(0, 3), worklist: `errors ${run}` }),
    );
    expect(sent).toMatchObject({ added: 3, created: true });
    const again = valueIn(await sendToReading(scientist, { images, worklist: `errors ${run}` }));
    expect(again).toMatchObject({ id: sent.id, added: 1, created: false });
    const items = await database().select().from(worklistItems).where(eq(worklistItems.worklistId, sent.id));
    expect(items).toHaveLength(4);
    expect(imageIds).toEqual(expect.arrayContaining(images));
    const reader = await personWith("reader");
    expect(await sendToReading(reader, { images, worklist: "mine" })).toMatchObject({ code: "forbidden" });
    expect(await sendToReading(scientist, { images: [], worklist: "none" })).toMatchObject({
      code: "invalid",
    });
  });
});

describe("predictions", () => {
  it("are paged by image and filtered by part, truth and prediction", async () => {
    const scientist = await personWith("scientist");
    const { run, imageIds } = await finishedRun({ probabilityOf });
    const first = valueIn(await listPredictions(scientist, { run, limit: 20 }));
    const rest = valueIn(await listPredictions(scientist, { run, limit: 20, after: first.next ?? 0 }));
    expect([...first.rows, ...rest.rows].map(({ image }) => image)).toEqual(imageIds);
    expect(rest.next).toBeNull();
    const wrong = valueIn(await listPredictions(scientist, { run, part: "test", truth: 1, predicted: 0 }));
    expect(wrong).toMatchObject({ total: 2 });
    expect(wrong.rows.map(({ image }) => imageIds.indexOf(image))).toEqual([25, 27]);
    const { scores, truths } = valueIn(await partScores(scientist, { run }));
    expect(scores.map((score) => score.toFixed(1))).toEqual("0.1 0.2 0.4 0.9 0.8 0.6 0.8 0.2".split(" "));
    expect(truths).toEqual([1, 0, 1, 0, 1, 0, 1, 0]);
  });

  it("leave as CSV with formulas escaped, and the trail says so", async () => {
    const scientist = await personWith("scientist");
    const { run } = await finishedRun({ classes: ["=cmd()", "plain"], probabilityOf });
    const { csv, rows } = valueIn(await exportPredictions(scientist, { run }));
    const lines = csv.trim().split("\n");
    expect(lines).toHaveLength(31);
    expect(lines[0]).toBe("image,part,class,predicted,p =cmd(),p plain,dataset,path,patient");
    expect(lines[1]).toMatch(/^\d+,train,'=cmd\(\),'=cmd\(\),0\.8/);
    expect(rows[0]).toMatchObject({
      part: "train",
      class: "=cmd()",
      probabilities: { plain: expect.any(Number) },
    });
    const trail = await database()
      .select()
      .from(auditLog)
      .where(sql`action = 'run.predictions-exported' and object_id = ${String(run)}`);
    expect(trail).toHaveLength(1);
  });

  it("are not for readers, nor of a run that is not there", async () => {
    const { run } = await finishedRun({ probabilityOf });
    const reader = await personWith("reader");
    const scientist = await personWith("scientist");
    for (const ask of [listErrors, listPredictions, partScores, exportPredictions]) {
      expect(await ask(reader, { run })).toMatchObject({ code: "forbidden" });
      expect(await ask(scientist, { run: 999_999 })).toMatchObject({ code: "not-found" });
    }
  });
});

describe("a saliency map", () => {
  it("is drawn in the film's aspect, clear where it is lowest, and says its raw range", async () => {
    const scientist = await personWith("scientist");
    const { run, imageIds } = await finishedRun({ probabilityOf });
    const image = imageIds[22] ?? 0;
    expect(await showSaliency(scientist, { run, image })).toMatchObject({ code: "not-found" });
    const values = Float32Array.of(0, 1, 2, 4);
    const objectSha256 = await objectStore().put(Buffer.from(values.buffer));
    await database().insert(saliencyMaps).values({
      runId: run,
      imageId: image,
      method: "hirescam",
      classIndex: 1,
      height: 2,
      width: 2,
      objectSha256,
      min: 0,
      max: 4,
      score: 3.5,
      probability: 0.9,
    });
    const map = valueIn(await showSaliency(scientist, { run, image }));
    expect(map).toMatchObject({ score: 3.5, probability: 0.9, className: "plain", min: 0, max: 4 });
    const overlay = valueIn(await saliencyOverlay(scientist, { run, image }));
    const { data, info } = await sharp(await overlay.draw())
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 512, height: 512, channels: 4 });
    const alpha = (x: number, y: number) => data[(y * 512 + x) * 4 + 3];
    expect([alpha(0, 0), alpha(511, 511)]).toEqual([0, 255]);
    expect(alpha(511, 0)).toBe(64);
    const reader = await personWith("reader");
    expect(await saliencyOverlay(reader, { run, image })).toMatchObject({ code: "forbidden" });
  });
});

function byTruth(a: number, b: number): number {
  const trueProbability = (place: number) => {
    const p = wrongAt.get(place) ?? 0;
    return place % 2 === 0 ? p : 1 - p;
  };
  return Math.fround(trueProbability(a)) - Math.fround(trueProbability(b)) || a - b;
}
