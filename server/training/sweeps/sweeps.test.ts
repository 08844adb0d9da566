import { randomUUID } from "node:crypto";
import { readdir, truncate } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { auditLog, featureRows, sweeps, sweepTrials } from "@/server/db/schema";
import { dataFolder } from "@/server/lib/env";
import { objectStore } from "@/server/storage/open";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { smallSplit } from "@/server/testing/small-split";
import { startChild } from "../child-process";
import { cancelRun } from "../commands";
import { conductRun } from "../conduct";
import { showRun } from "../queries";
import { cancelSweep, createSweep } from "./commands";
import { conductSweep } from "./conduct";
import { exportSweep } from "./export";
import { gatherHands } from "./hands";
import { takeTrial } from "./lease";
import { promoteTrial } from "./promote";
import { listSweeps, planSweep, showSweep } from "./queries";
import type { SweepInput } from "./schema";

testDatabase();

const never = new AbortController().signal;
const system = { kind: "system", part: "test" } as const;

describe("a sweep", () => {
  it("extracts once, trains every trial, and says what a run with the same options says", async () => {
    const { sweep, scientist, name } = await created({ plan: "random", trials: 4 });
    await conductSweep(sweep, { signal: never });
    const detail = valueIn(await showSweep(system, { sweep }));
    expect(detail).toMatchObject({ status: "done", seconds: { extracted: 8 } });
    expect(detail.trials.map(({ status }) => status)).toEqual(["done", "done", "done", "done"]);
    const ranked = detail.trials.map(({ valAccuracy }) => valAccuracy ?? -1);
    expect(ranked).toEqual([...ranked].sort((a, b) => b - a));
    const best = detail.trials[0];
    expect(best?.curve?.loss).toHaveLength(best?.parameters.epochs ?? 0);

    const promoted = valueIn(await promoteTrial(scientist, { sweep, trial: best?.trial ?? 0 }));
    const again = valueIn(await promoteTrial(scientist, { sweep, trial: best?.trial ?? 0 }));
    expect(again.run).toBe(promoted.run);
    await conductRun(promoted.run, { signal: never });
    const run = valueIn(await showRun(system, { run: promoted.run }));
    expect(run.seconds?.extracted).toBe(0);
    expect(run.epochs.map(({ loss }) => loss)).toEqual(best?.curve?.loss);
    expect(run.metrics?.parts.test.confusion).toEqual(best?.metrics?.test.confusion);
    expect(run.metrics?.parts.test.metrics.auc.value).toBe(best?.metrics?.test.metrics.auc);

    // A second sweep on the same split finds the features; two workers share its trials.
    const second = await created({ plan: "random", trials: 6, seed: 42 }, name);
    await Promise.all([1, 2].map(() => conductSweep(second.sweep, { signal: never, hands: oneHand })));
    const shared = valueIn(await showSweep(system, { sweep: second.sweep }));
    expect(shared).toMatchObject({ status: "done", seconds: { extracted: 0 } });
    expect(shared.trials.filter(({ status }) => status === "done")).toHaveLength(6);
    await expectExport(second.sweep, 6);
  });

  it("of successive halving makes its next rounds itself", async () => {
    const { sweep } = await created({ plan: "halving", trials: 6 });
    await conductSweep(sweep, { signal: never });
    const { trials, status } = valueIn(await showSweep(system, { sweep }));
    expect(status).toBe("done");
    const rounds = Map.groupBy(trials, ({ round }) => round);
    expect([...rounds.keys()].sort()).toEqual([0, 1]);
    expect(rounds.get(1)?.map(({ parameters }) => parameters.epochs)).toEqual([50, 50]);
    expect(valueIn(await listSweeps(system, {})).rows[0]).toMatchObject({ id: sweep, trials: 8, done: 8 });
  });

  it("whose process is killed goes on, and one that dies each time fails its trial alone", async () => {
    const { sweep, name } = await created({ plan: "random", trials: 100 });
    const pids: number[] = [];
    const watched = () => {
      const child = startChild();
      pids.push(child.pid ?? 0);
      return child;
    };
    const conducting = conductSweep(sweep, { signal: never, hands: () => gatherHands(watched, 1) });
    // Once while it starts, once while it trains.
    for (const at of [0, 1]) {
      if (at === 1) await untilDone(sweep, 1);
      while (pids.length <= at) await wait(20);
      process.kill(pids[at] ?? 0, "SIGKILL");
    }
    await conducting;
    expect(pids.length).toBeGreaterThanOrEqual(3);
    const { trials } = valueIn(await showSweep(system, { sweep }));
    expect(new Set(trials.map(({ status }) => status))).toEqual(new Set(["done"]));

    const other = await created({ plan: "random", trials: 2 }, name);
    await database()
      .update(sweepTrials)
      .set({ parameters: { learningRate: 1e39, batchSize: 2, epochs: 25, dropout: 0, optimizer: "sgd" } })
      .where(and(eq(sweepTrials.sweepId, other.sweep), eq(sweepTrials.number, 1)));
    await conductSweep(other.sweep, { signal: never });
    const broken = valueIn(await showSweep(system, { sweep: other.sweep }));
    expect(broken.status).toBe("done");
    expect(broken.trials.at(-1)).toMatchObject({
      trial: 1,
      status: "failed",
      error: expect.stringContaining("the learning rate 1e+39 is probably too high"),
    });
    expect(await promoteTrial(system, { sweep: other.sweep, trial: 1 })).toMatchObject({ code: "conflict" });
  });

  it("launches a trial anew, once, when the run it was launched as came to nothing", async () => {
    const { sweep, scientist } = await created({ plan: "random", trials: 2 });
    await conductSweep(sweep, { signal: never });
    const lost = valueIn(await promoteTrial(scientist, { sweep, trial: 1 }));
    await cancelRun(scientist, { run: lost.run });
    const asked = await Promise.all([1, 2].map(() => promoteTrial(scientist, { sweep, trial: 1 })));
    const [one, other] = asked.map((answer) => valueIn(answer).run);
    expect(one).not.toBe(lost.run);
    expect(other).toBe(one);
  });

  it("extracts again where a shard was damaged", async () => {
    const { name, sweep } = await created({ plan: "random", trials: 2 });
    await conductSweep(sweep, { signal: never });
    const [row] = await database().select().from(featureRows).orderBy(sql`ctid desc`).limit(1);
    await damage(row?.shardSha256 ?? "");
    const second = await created({ plan: "random", trials: 2 }, name);
    await conductSweep(second.sweep, { signal: never });
    const [before, after] = [
      valueIn(await showSweep(system, { sweep })),
      valueIn(await showSweep(system, { sweep: second.sweep })),
    ];
    expect(after.status).toBe("done");
    expect(after.seconds.extracted).toBeGreaterThan(0);
    expect(after.trials.map(({ metrics }) => metrics)).toEqual(before.trials.map(({ metrics }) => metrics));
  });

  it("is given back when its worker stops, taken by one of two at a time, and over once it is cancelled", async () => {
    const { sweep, scientist } = await created({ plan: "random", trials: 300 });
    const stopping = new AbortController();
    const first = conductSweep(sweep, { signal: stopping.signal });
    await untilDone(sweep, 1);
    stopping.abort();
    await expect(first).rejects.toThrow("given back");
    const running = () =>
      database()
        .select()
        .from(sweepTrials)
        .where(and(eq(sweepTrials.sweepId, sweep), eq(sweepTrials.status, "running")));
    await expect.poll(running).toEqual([]);

    const [a, b] = await Promise.all([1, 2].map(() => takeTrial({ sweepId: sweep, token: randomUUID() })));
    expect(a?.id).not.toBe(b?.id);
    await database()
      .update(sweepTrials)
      .set({ leaseExpiresAt: sql`now() - interval '1 second'` })
      .where(eq(sweepTrials.id, a?.id ?? 0));
    // The dead one's trial is the next to be handed out.
    expect((await takeTrial({ sweepId: sweep, token: randomUUID() }))?.id).toBe(a?.id);

    const conducting = conductSweep(sweep, { signal: never });
    await untilDone(sweep, 3);
    valueIn(await cancelSweep(scientist, { sweep }));
    const asked = performance.now();
    await conducting;
    expect(performance.now() - asked).toBeLessThan(10_000);
    const counted = await doneCount(sweep);
    await wait(500);
    expect(await doneCount(sweep)).toBe(counted);
    expect(await cancelSweep(scientist, { sweep })).toMatchObject({ code: "conflict" });
    const [row] = await database().select().from(sweeps).where(eq(sweeps.id, sweep));
    expect(row?.status).toBe("cancelled");
  });
});

describe("a sweep that cannot be", () => {
  it.each([
    { what: "on a network trained whole", asked: { network: "compact" }, says: "frozen base" },
    { what: "with 71 published trials", asked: { trials: 71 }, says: "72 trials" },
    { what: "with one trial", asked: { plan: "random", trials: 1 }, says: "at least two" },
    { what: "with weights that nobody imported", asked: { weights: "nobody's" }, says: "nobody's" },
  ] as const)("$what is refused in words", async ({ asked, says }) => {
    const scientist = await personWith("scientist");
    const { name } = await smallSplit({ parts: [4, 2, 2] });
    const answer = await createSweep(scientist, { split: name, network: "densenet121", ...asked });
    expect(answer).toMatchObject({ ok: false, message: expect.stringContaining(says) });
  });

  it("on a split without validation images, or by a reader, is refused", async () => {
    const scientist = await personWith("scientist");
    const { name } = await smallSplit({ parts: [4, 0, 2] });
    const input = { split: name, network: "densenet121" } as const;
    expect(await createSweep(scientist, input)).toMatchObject({
      message: expect.stringContaining("validation"),
    });
    expect(await planSweep(scientist, input)).toMatchObject({
      message: expect.stringContaining("validation"),
    });
    expect(await createSweep(await personWith("reader"), input)).toMatchObject({ code: "forbidden" });
  });

  it("sent twice with one key is one sweep", async () => {
    const idempotencyKey = randomUUID();
    const first = await created({ idempotencyKey });
    const second = await created({ idempotencyKey }, first.name);
    expect(second.sweep).toBe(first.sweep);
    const written = await database()
      .select()
      .from(auditLog)
      .where(sql`action like 'sweep.%' and object_id = ${String(first.sweep)}`);
    expect(written.map(({ action }) => action).sort()).toEqual(["sweep.create-repeated", "sweep.created"]);
  });
});

const oneHand = () => gatherHands(startChild, 1);

async function created(options: Partial<SweepInput>, split?: string) {
  const scientist = await personWith("scientist");
  const name = split ?? (await smallSplit({ parts: [4, 2, 2] })).name;
  const input = { network: "densenet121", augmentedViews: 0, ...options, split: name } as const;
  const { sweep } = valueIn(await createSweep(scientist, input));
  return { sweep, scientist, name };
}

async function doneCount(sweep: number): Promise<number> {
  const { trials } = valueIn(await showSweep(system, { sweep }));
  return trials.filter(({ status }) => status === "done").length;
}

async function untilDone(sweep: number, count: number): Promise<void> {
  while ((await doneCount(sweep)) < count) await wait(20);
}

async function expectExport(sweep: number, trials: number): Promise<void> {
  const lines = valueIn(await exportSweep(system, { sweep }))
    .trim()
    .split("\n");
  expect(lines).toHaveLength(trials + 1);
  expect(lines[0]).toContain("epochs,loss,accuracy,val_loss,val_accuracy,batch_size,dropout,learning_rate");
  expect(lines[0]).toContain("test disc as plain");
}

/** Cuts an object of the folder store in half. */
async function damage(sha256: string): Promise<void> {
  const folder = path.join(dataFolder(), "objects", sha256.slice(0, 2));
  expect(await readdir(folder)).toContain(sha256.slice(2));
  expect(await objectStore().has(sha256)).toBe(true);
  await truncate(path.join(folder, sha256.slice(2)), 100);
}
