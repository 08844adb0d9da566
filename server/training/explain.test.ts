import * as tf from "@tensorflow/tfjs-core";
import { and, asc, eq, inArray } from "drizzle-orm";
import { expect, it } from "vitest";
import { database } from "@/server/db/client";
import { images, predictions, saliencyCurves } from "@/server/db/schema";
import { loadEngine } from "@/server/ml/engine";
import { launched, never, shown } from "@/server/testing/conducted-run";
import { testDatabase } from "@/server/testing/database";
import { explainFilms } from "./child/explain";
import type { SaliencyCurves } from "./child/protocol";
import { conductRun } from "./conduct";
import { explainRun } from "./explain";

testDatabase();

it("measures the maps of at most 32 test images once, from the probability that was predicted, and goes on where it was stopped", async () => {
  const { run } = await launched({ epochs: 1 }, undefined, [8, 4, 34]);
  await conductRun(run, { signal: never });
  const stopping = new AbortController();
  stopping.abort();
  await expect(explainRun({ runId: run }, stopping.signal)).rejects.toThrow();
  expect(await curvesOf(run)).toEqual([]);
  expect(await explainRun({ runId: run }, never)).toMatchObject({ curves: 32 });
  const whole = await curvesOf(run);
  for (const { curves, prediction } of whole) {
    const probability = prediction.probabilities[prediction.predictedIndex] ?? Number.NaN;
    expect(prediction.part).toBe(2);
    expect(curves.classIndex).toBe(prediction.predictedIndex);
    for (const start of [curves.deletion.at(0), curves.randomDeletion.at(0)])
      expect(start).toBeCloseTo(probability, 4);
    for (const end of [curves.insertion.at(-1), curves.randomInsertion.at(-1)]) {
      expect(end).toBeCloseTo(probability, 4);
    }
    expect(curves.deletion).toHaveLength(21);
    expect(curves.deletion.at(-1)).toBeCloseTo(curves.randomDeletion.at(-1) ?? Number.NaN, 6);
  }
  expect(await explainRun({ runId: run }, never)).toEqual({ maps: 0, curves: 0 });

  // As after a worker that died on the way: what is missing comes, and comes out the same.
  const lost = whole.slice(5, 12).map(({ curves }) => curves.imageId);
  await database()
    .delete(saliencyCurves)
    .where(and(eq(saliencyCurves.runId, run), inArray(saliencyCurves.imageId, lost)));
  expect(await explainRun({ runId: run }, never)).toEqual({ maps: 0, curves: 7 });
  expect(await curvesOf(run)).toEqual(whole);

  // One image that a person asks for is explained, and nothing else.
  expect(await explainRun({ runId: run, imageId: lost[0] ?? 0, method: "gradcam" }, never)).toEqual({
    maps: 1,
    curves: 0,
  });
});

it("leaves no tensor behind, however many films it measures", async () => {
  await loadEngine("auto");
  const { run, imageIds } = await launched({ epochs: 1 }, undefined, [8, 4, 4]);
  await conductRun(run, { signal: never });
  const { modelSha256 } = await shown(run);
  const films = await database()
    .select({ imageId: images.id, sha256: images.objectSha256 })
    .from(images)
    .where(inArray(images.id, imageIds.slice(-4)));
  const measured = films.map(({ imageId, sha256 }) => ({ imageId, sha256: sha256 ?? "", classIndex: 0 }));
  const task = {
    do: "explain",
    modelSha256: modelSha256 ?? "",
    method: "hirescam",
    films: [],
    seed: 1,
  } as const;
  const tensors: number[] = [];
  const seen: SaliencyCurves[] = [];
  const emit = (event: { on: string; curves?: SaliencyCurves }) => {
    if (event.curves) seen.push(event.curves);
    tensors.push(tf.memory().numTensors);
  };
  await explainFilms({ ...task, measured }, { emit, signal: never });
  expect(seen).toHaveLength(4);
  expect(new Set(tensors).size).toBe(1);
});

function curvesOf(run: number) {
  return database()
    .select({ curves: saliencyCurves, prediction: predictions })
    .from(saliencyCurves)
    .innerJoin(
      predictions,
      and(eq(predictions.runId, saliencyCurves.runId), eq(predictions.imageId, saliencyCurves.imageId)),
    )
    .where(eq(saliencyCurves.runId, run))
    .orderBy(asc(saliencyCurves.imageId));
}
