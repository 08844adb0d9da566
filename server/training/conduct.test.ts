import { execFileSync } from "node:child_process";
import { readdir, truncate } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { featureRows, objects, predictions, runEpochs, runLog, runs, saliencyMaps } from "@/server/db/schema";
import { dataFolder } from "@/server/lib/env";
import { decodeCheckpoint } from "@/server/ml/checkpoint";
import { decodeModel } from "@/server/ml/model-file";
import { newEfficientNetWeights } from "@/server/ml/networks/efficientnet-lite0-layers";
import { deriveSeed, seededRandom } from "@/server/ml/random";
import { objectStore } from "@/server/storage/open";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { smallSplit } from "@/server/testing/small-split";
import { startChild } from "./child-process";
import { cancelRun, launchRun } from "./commands";
import { conductRun } from "./conduct";
import { type Crew, gatherCrew } from "./crew";
import { explainRun } from "./explain";
import { takeRun } from "./lease";
import { planLaunch } from "./plan";
import { runNews, showRun } from "./queries";
import type { LaunchInput } from "./schema";

testDatabase();

const never = new AbortController().signal;

describe("a run of the compact network", () => {
  it("trains, predicts every part, and keeps one model with its metrics", async () => {
    const { run, imageIds } = await launched({ epochs: 2 });
    expect(await conductRun(run, { signal: never })).toBe("over");
    const detail = await shown(run);
    expect(detail).toMatchObject({ status: "done", error: null, engine: { name: expect.any(String) } });
    expect(detail.epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(detail.metrics?.parts.test).toMatchObject({ images: 8, patients: 4 });
    expect(detail.metrics?.bootstrap.draws).toBe(2_000);
    expect(await objectStore().has(detail.modelSha256 ?? "")).toBe(true);
    const predicted = await database().select().from(predictions).where(eq(predictions.runId, run));
    expect(predicted.map(({ imageId }) => imageId).sort(ascending)).toEqual(imageIds);
    const wrong = predicted.filter((row) => row.part === 2 && row.classIndex !== row.predictedIndex);
    const maps = await database().select().from(saliencyMaps).where(eq(saliencyMaps.runId, run));
    expect(maps.map(({ imageId }) => imageId).sort(ascending)).toEqual(
      wrong.map(({ imageId }) => imageId).sort(ascending),
    );
    expect(await database().select().from(objects).where(eq(objects.kind, "checkpoint"))).toEqual([]);
  });

  it("pools as published: its model takes that vector, in training, predictions and maps", async () => {
    const { run } = await launched({ epochs: 1, pooling: "avgpool4x4-flatten" });
    expect(await conductRun(run, { signal: never })).toBe("over");
    const { modelSha256, configuration } = await shown(run);
    const { head } = decodeModel(await objectStore().get(modelSha256 ?? ""));
    expect(head).toMatchObject({ pooling: "avgpool4x4-flatten", width: 9 * 64 });
    expect(configuration.pooling).toBe("avgpool4x4-flatten");
  });

  it("takes what was asked for: oversampling, penalties, another loss, a decay of its own", async () => {
    const asked = { sampling: "over", l1: 0.001, l2: 0.01, loss: "categorical-crossentropy" } as const;
    const { run } = await launched({ epochs: 2, decay: 0.25, hidden: 8, earlyStopping: 1, ...asked });
    expect(await conductRun(run, { signal: never })).toBe("over");
    const { status, configuration, modelSha256 } = await shown(run);
    expect(status).toBe("done");
    expect(configuration.training).toMatchObject({
      ...{ ...asked, decay: 0.25, hidden: 8, classWeights: "none" },
      earlyStopping: { patience: 1 },
    });
    expect(decodeModel(await objectStore().get(modelSha256 ?? "")).head.hidden).toBe(8);
  });

  it("of three classes has rates per class, and says why it has no sensitivity", async () => {
    const scientist = await personWith("scientist");
    const { name } = await smallSplit({ parts: [12, 0, 6], classes: ["disc", "plain", "other"] });
    const { run } = valueIn(await launchRun(scientist, { split: name, network: "compact", epochs: 1 }));
    expect(await conductRun(run, { signal: never })).toBe("over");
    const { metrics, epochs } = await shown(run);
    expect(metrics?.parts.test.metrics.sensitivity).toMatchObject({
      value: null,
      reason: "Only for two classes; see the report per class.",
    });
    expect(metrics?.parts.test.report.map((row) => row.name).slice(0, 3)).toEqual(["disc", "plain", "other"]);
    expect(metrics?.parts.validation).toMatchObject({ images: 0, metrics: { accuracy: { value: null } } });
    expect(epochs).toMatchObject([{ epoch: 1, valLoss: null }]);
  });

  it("whose child is killed goes on from its checkpoint to the same numbers", async () => {
    const { name, run } = await launched({ epochs: 4 });
    await conductRun(run, { signal: never });
    const again = await launched({ epochs: 4 }, name);
    const children: number[] = [];
    const conducting = conductRun(again.run, { signal: never, gather: () => watched(children) });
    await untilEpoch(again.run, 2);
    process.kill(children[0] ?? 0, "SIGKILL");
    expect(await conducting).toBe("over");
    expect(children.length).toBe(2);
    const [whole, mended] = [await shown(run), await shown(again.run)];
    expect(mended.epochs).toEqual(whole.epochs);
    expect(mended.metrics).toEqual(whole.metrics);
    expect(mended.modelSha256).toBe(whole.modelSha256);
    expect(await lines(again.run)).toEqual(expect.arrayContaining([expect.stringContaining("was killed")]));
  });

  it("stops within seconds when it is cancelled, and leaves no model", async () => {
    const { run, scientist } = await launched({ epochs: 900 });
    const conducting = conductRun(run, { signal: never });
    await untilEpoch(run, 1);
    valueIn(await cancelRun(scientist, { run }));
    const asked = performance.now();
    expect(await conducting).toBe("over");
    expect(performance.now() - asked).toBeLessThan(15_000);
    expect(await shown(run)).toMatchObject({ status: "cancelled", modelSha256: null });
    expect(await cancelRun(scientist, { run })).toMatchObject({ ok: false, code: "conflict" });
  });

  it("is given back when its worker is told to stop, and another takes it up", async () => {
    const { run } = await launched({ epochs: 3 });
    const stopping = new AbortController();
    const first = conductRun(run, { signal: stopping.signal });
    await untilEpoch(run, 1);
    stopping.abort();
    await expect(first).rejects.toThrow("given back");
    expect(await shown(run)).toMatchObject({ status: "running", attempt: 0 });
    expect(await conductRun(run, { signal: never })).toBe("over");
    expect((await shown(run)).epochs).toHaveLength(3);
  });

  it("is given up in plain words when its child dies every time, and the worker lives", async () => {
    const { run } = await launched({ epochs: 1 });
    const dying = () => {
      const child = startChild();
      process.kill(child.pid ?? 0, "SIGKILL");
      return child;
    };
    expect(await conductRun(run, { signal: never, gather: () => gatherCrew(dying) })).toBe("over");
    expect(await shown(run)).toMatchObject({
      status: "failed",
      error: expect.stringMatching(/was killed.*Given up after 5 tries/),
    });
  });

  it("is taken by one of two workers, and by the second once the first is dead", async () => {
    const { run } = await launched({ epochs: 1 });
    const taken = await Promise.all([takeRun(run), takeRun(run)]);
    expect(taken.filter((result) => result === "held")).toHaveLength(1);
    expect(await conductRun(run, { signal: never })).toBe("held");
    await database()
      .update(runs)
      .set({ leaseExpiresAt: sql`now() - interval '1 second'` })
      .where(eq(runs.id, run));
    expect(await conductRun(run, { signal: never })).toBe("over");
    expect(await shown(run)).toMatchObject({ status: "done" });
  });

  it("that lost its lease writes nothing more", async () => {
    const { run } = await launched({ epochs: 900 });
    const conducting = conductRun(run, { signal: never });
    await untilEpoch(run, 1);
    await database()
      .update(runs)
      .set({ leaseToken: "00000000-0000-4000-8000-000000000000" })
      .where(eq(runs.id, run));
    const before = await database().select().from(runEpochs).where(eq(runEpochs.runId, run));
    expect(await conducting).toBe("held");
    expect(await database().select().from(runEpochs).where(eq(runEpochs.runId, run))).toEqual(before);
    expect(await shown(run)).toMatchObject({ status: "running" });
  });
});

describe("a run that cannot go on", () => {
  it("for want of memory fails at once, proposes a smaller batch, keeps its checkpoint, and the worker lives", async () => {
    const { run, name } = await launched({ epochs: 900, batchSize: 16 });
    const children: number[] = [];
    const conducting = conductRun(run, { signal: never, gather: () => watched(children) });
    await untilEpoch(run, 1);
    // From here on the kernel gives the process no more memory than it has.
    execFileSync("prlimit", ["--pid", String(children[0]), "--data=1000000"]);
    expect(await conducting).toBe("over");
    expect(children).toHaveLength(1);
    const { status, error } = await shown(run);
    expect({ status, error }).toEqual({
      status: "failed",
      error: "The training process ran out of memory. Try a smaller batch: 8 in place of 16.",
    });
    const [row] = await database().select().from(runs).where(eq(runs.id, run));
    expect(decodeCheckpoint(await objectStore().get(row?.checkpointSha256 ?? "")).epoch).toBe(
      row?.checkpointEpoch,
    );
    expect(await lines(run)).toContain(`The checkpoint of epoch ${row?.checkpointEpoch} is kept.`);
    const next = await launched({ epochs: 1 }, name);
    expect(await conductRun(next.run, { signal: never })).toBe("over");
    expect(await shown(next.run)).toMatchObject({ status: "done" });
  });

  it("for want of a GPU waits for a worker that has one, and says so", async () => {
    const { run, scientist, name } = await launched({ epochs: 1, device: "gpu" });
    const input = { network: "compact", split: name, device: "gpu" } as const;
    expect(valueIn(await planLaunch(scientist, input)).gpu).toBe(false);
    expect(await conductRun(run, { signal: never })).toBe("waiting");
    expect(await shown(run)).toMatchObject({ status: "queued", attempt: 0, progress: { phase: "gpu" } });
    expect(await conductRun(run, { signal: never })).toBe("waiting");
    expect(await lines(run)).toEqual([expect.stringContaining("waits for one that has")]);
    expect(await cancelRun(scientist, { run })).toMatchObject({ ok: true, value: { status: "cancelled" } });
  });
});

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
    expect(await explainRun({ runId: first.run }, never)).toEqual({ maps: expect.any(Number) });
    const maps = await database().select().from(saliencyMaps).where(eq(saliencyMaps.runId, first.run));
    expect(maps).toHaveLength(4);
    for (const { imageId, classIndex, probability } of maps) {
      const [row] = await database()
        .select()
        .from(predictions)
        .where(sql`${predictions.runId} = ${first.run} and ${predictions.imageId} = ${imageId}`);
      expect(probability).toBeCloseTo(row?.probabilities[classIndex] ?? Number.NaN, 4);
    }

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

async function launched(
  options: Partial<LaunchInput>,
  split?: string,
  parts: [number, number, number] = [16, 6, 8],
) {
  const scientist = await personWith("scientist");
  const made = split === undefined ? await smallSplit({ parts }) : { name: split, imageIds: [] };
  const { run } = valueIn(await launchRun(scientist, { network: "compact", ...options, split: made.name }));
  return { ...made, run, scientist };
}

async function shown(run: number) {
  return valueIn(await showRun({ kind: "system", part: "test" }, { run }));
}

async function lines(run: number): Promise<string[]> {
  const rows = await database().select().from(runLog).where(eq(runLog.runId, run));
  return rows.map(({ line }) => line);
}

/** A crew whose children's ids are noted. */
function watched(pids: number[]): Crew {
  return gatherCrew(() => {
    const child = startChild();
    pids.push(child.pid ?? 0);
    return child;
  });
}

async function untilEpoch(run: number, epoch: number): Promise<void> {
  for (;;) {
    const { state, epochs } = valueIn(await runNews({ kind: "system", part: "test" }, { run }));
    if ((epochs.at(-1)?.epoch ?? 0) >= epoch) return;
    if (state.status === "failed" || state.status === "done") throw new Error(`the run is ${state.status}`);
    await wait(20);
  }
}

/** Cuts an object of the folder store in half. */
async function damage(sha256: string): Promise<void> {
  const folder = path.join(dataFolder(), "objects", sha256.slice(0, 2));
  expect(await readdir(folder)).toContain(sha256.slice(2));
  await truncate(path.join(folder, sha256.slice(2)), 100);
}

function ascending(a: number, b: number): number {
  return a - b;
}
