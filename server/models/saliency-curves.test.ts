import { expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { saliencyCurves } from "@/server/db/schema";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { finishedRun } from "@/server/testing/finished-run";
import { saliencyWorth } from "./saliency-curves";

testDatabase();

const row = (imageId: number, runId: number, [deletion, random]: readonly [number[], number[]]) => ({
  ...{ runId, imageId, method: "hirescam" as const, classIndex: 0 },
  ...{
    deletion,
    randomDeletion: random,
    insertion: [...deletion].reverse(),
    randomInsertion: [...random].reverse(),
  },
});

it("is the mean curves, their areas, and how far they differ; nothing for a run that was never measured", async () => {
  const adjudicator = await personWith("adjudicator");
  const { run, imageIds } = await finishedRun({ probabilityOf: () => 0.8 });
  expect(valueIn(await saliencyWorth(adjudicator, { run }))).toBeNull();
  await database()
    .insert(saliencyCurves)
    .values([
      row(imageIds[22] ?? 0, run, [
        [1, 0.2, 0],
        [1, 0.6, 0],
      ]),
      row(imageIds[23] ?? 0, run, [
        [0.8, 0.5, 0.1],
        [0.8, 0.6, 0.1],
      ]),
      row(imageIds[24] ?? 0, run, [
        [0.9, 0.1, 0.2],
        [0.9, 0.5, 0.3],
      ]),
    ]);
  const worth = valueIn(await saliencyWorth(adjudicator, { run }));
  expect(worth?.images).toBe(3);
  // numpy 1.26.4 (mean, std with ddof 1) and SciPy 1.17.1 (trapezoid, norm.interval).
  expect(worth?.deletion.map.area).toBeCloseTo(0.3833333, 6);
  expect(worth?.deletion.random.area).toBeCloseTo(0.5416667, 6);
  [0.9, 0.2666667, 0.1].forEach((value, at) => {
    expect(worth?.deletion.map.curve[at]).toBeCloseTo(value, 6);
    expect(worth?.insertion.map.curve[2 - at]).toBeCloseTo(value, 6);
  });
  expect(worth?.deletion.difference.value).toBeCloseTo(-0.1583333, 6);
  expect(worth?.deletion.difference.low).toBeCloseTo(-0.2654362, 6);
  expect(worth?.deletion.difference.high).toBeCloseTo(-0.0512305, 6);
});
