import { isDeepStrictEqual } from "node:util";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { featureRows, predictions, runs, saliencyMaps } from "@/server/db/schema";
import { decodeModel } from "@/server/ml/model-file";
import { newEfficientNetWeights } from "@/server/ml/networks/efficientnet-lite0-layers";
import { deriveSeed, seededRandom } from "@/server/ml/random";
import { objectStore } from "@/server/storage/open";
import { damage, launched, lines, never, shown, untilEpoch, watched } from "@/server/testing/conducted-run";
import { testDatabase } from "@/server/testing/database";
import { conductRun } from "./conduct";
import { explainRun } from "./explain";
import { planLaunch } from "./plan";

testDatabase();

describe("a run on a frozen base", () => {
  it("extracts features once, again where a shard was damaged, and fails with the cause of a loss that is no number", async () => {
    const options = { network: "densenet121", epochs: 2, augmentedViews: 1 } as const;
    const first = await launched(options, undefined, [4, 2, 2]);
    await conductRun(first.run, { signal: never });
    expect(await shown(first.run)).toMatchObject({ status: "done", seconds: { extracted: 12 } });
    const second = await launched(options, first.name);
    await conductRun(second.run, { signal: never });
    const [whole, reused] = [await shown(first.run), await shown(second.run)];
    expect(reused.seconds?.extracted).toBe(0);
    expect(reused.metrics).toEqual(whole.metrics);
    const [row] = await database().select().from(featureRows).limit(1);
    await damage(row?.shardSha256 ?? "");
    const third = await launched(options, first.name);
    await conductRun(third.run, { signal: never });
    const mended = await shown(third.run);
    expect(mended.seconds?.extracted).toBeGreaterThan(0);
    expect(mended.metrics).toEqual(whole.metrics);
    expect(await lines(third.run)).toEqual(expect.arrayContaining([expect.stringContaining("damaged")]));

    const noNumbers = Buffer.from(new Float32Array(12 * 1024).fill(Number.NaN).buffer);
    await database()
      .update(featureRows)
      .set({ shardSha256: await objectStore().put(noNumbers), row: 0 });
    const fourth = await launched(options, first.name);
    expect(await conductRun(fourth.run, { signal: never })).toBe("over");
    expect(await shown(fourth.run)).toMatchObject({
      status: "failed",
      error: expect.stringContaining("Loss became NaN in epoch 1"),
    });
  }, 180_000);

  it("whose loss is no number later on fails with the epoch and the likely cause, its checkpoint kept", async () => {
    const options = { network: "efficientnet-lite0", optimizer: "sgd", batchSize: 12, epochs: 50 } as const;
    const { run } = await launched({ ...options, learningRate: 10, decay: 0, l2: 10 }, undefined, [12, 2, 2]);
    expect(await conductRun(run, { signal: never })).toBe("over");
    const { status, error, epochs } = await shown(run);
    expect(epochs.length).toBeGreaterThan(0);
    expect({ status, error }).toEqual({
      status: "failed",
      error: expect.stringMatching(
        `Loss became (NaN|infinite) in epoch ${epochs.length + 1}: the learning rate 10 is probably too high`,
      ),
    });
    const [row] = await database().select().from(runs).where(eq(runs.id, run));
    expect(row?.checkpointEpoch).toBe(epochs.length);
    expect(await objectStore().has(row?.checkpointSha256 ?? "")).toBe(true);
  }, 180_000);
});

describe("a run that is fine-tuned", () => {
  it("goes on with its base from a stage on; killed in the middle it comes to the same model, with a base of its own", async () => {
    const options = {
      network: "efficientnet-lite0",
      epochs: 2,
      augmentedViews: 1,
      batchSize: 4,
      fineTune: "top",
      fineTuneEpochs: 3,
      fineTuneBatchSize: 4,
      fineTuneLearningRate: 1e-3,
    } as const;
    const first = await launched(options, undefined, [8, 4, 4]);
    await conductRun(first.run, { signal: never });
    const whole = await shown(first.run);
    expect(whole).toMatchObject({ status: "done", error: null });
    expect(whole.epochs.map(({ epoch, fineTuned }) => [epoch, fineTuned])).toEqual([
      ...[1, 2].map((epoch) => [epoch, false]),
      ...[3, 4, 5].map((epoch) => [epoch, true]),
    ]);
    const { base } = decodeModel(await objectStore().get(whole.modelSha256 ?? ""));
    if (base.kind !== "own") throw new Error("the model has no base of its own");
    const untrained = newEfficientNetWeights(seededRandom(deriveSeed(42, 0)));
    const moved = base.weights.filter(({ values }, at) => !isDeepStrictEqual(values, untrained[at]?.values));
    expect(moved.map(({ name }) => name)).toEqual(["top_conv/kernel", "top_bn/gamma", "top_bn/beta"]);
    // Maps and predictions are of that base: the explained class has the probability that was predicted.
    expect(await explainRun({ runId: first.run }, never)).toEqual({
      maps: expect.any(Number),
      curves: 4,
    });
    const maps = await database().select().from(saliencyMaps).where(eq(saliencyMaps.runId, first.run));
    expect(maps).toHaveLength(4);
    for (const { imageId, classIndex, probability } of maps) {
      const [row] = await database()
        .select()
        .from(predictions)
        .where(sql`${predictions.runId} = ${first.run} and ${predictions.imageId} = ${imageId}`);
      expect(probability).toBeCloseTo(row?.probabilities[classIndex] ?? Number.NaN, 4);
    }

    // What it took is what the next one is told that it will take.
    const plan = valueIn(await planLaunch(first.scientist, { split: first.name, ...options }));
    expect(plan.estimate.basis).toBe("here");

    const again = await launched(options, first.name);
    const children: number[] = [];
    const conducting = conductRun(again.run, { signal: never, gather: () => watched(children) });
    await untilEpoch(again.run, 3);
    process.kill(children[0] ?? 0, "SIGKILL");
    expect(await conducting).toBe("over");
    expect(children).toHaveLength(2);
    const mended = await shown(again.run);
    expect(mended.epochs).toEqual(whole.epochs);
    expect(mended.metrics).toEqual(whole.metrics);
    expect(mended.modelSha256).toBe(whole.modelSha256);
  }, 180_000);
});
