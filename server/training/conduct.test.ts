import { execFileSync } from "node:child_process";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { objects, predictions, runEpochs, runs, saliencyMaps } from "@/server/db/schema";
import { decodeCheckpoint } from "@/server/ml/checkpoint";
import { decodeModel } from "@/server/ml/model-file";
import { objectStore } from "@/server/storage/open";
import { personWith } from "@/server/testing/actors";
import {
  ascending,
  launched,
  lines,
  never,
  shown,
  untilEpoch,
  watched,
} from "@/server/testing/conducted-run";
import { testDatabase } from "@/server/testing/database";
import { smallSplit } from "@/server/testing/small-split";
import { startChild } from "./child-process";
import { cancelRun, launchRun } from "./commands";
import { conductRun } from "./conduct";
import { gatherCrew } from "./crew";
import { takeRun } from "./lease";
import { planLaunch } from "./plan";

testDatabase();

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
