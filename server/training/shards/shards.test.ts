import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { featureRows, featureShards, runs } from "@/server/db/schema";
import { env } from "@/server/lib/env";
import { objectStore } from "@/server/storage/open";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { smallSplit } from "@/server/testing/small-split";
import { startChild } from "../child-process";
import { launchRun } from "../commands";
import { conductRun } from "../conduct";
import { gatherCrew } from "../crew";
import { baseOf } from "../ensure-features";
import { featureRecipes } from "../feature-recipe";
import { showRun } from "../queries";
import { loadRunImages } from "../run-images";
import { type RunEngine, runConfiguration } from "../schema";
import { helpWithShards } from "./help";
import { finishShard, remainingShards, takeShard } from "./lease";
import { planShards } from "./plan";

testDatabase();

const never = new AbortController().signal;
let engine: RunEngine;

beforeAll(async () => {
  const crew = gatherCrew();
  engine = await crew.lead.ask({ do: "engine", want: env().OVERREAD_ENGINE });
  await crew.dismiss();
});
afterAll(async () => {
  await database().delete(featureShards);
});

describe("features that a run waits for", () => {
  it("are extracted by other workers, each shard once, and the run does the rest of it", async () => {
    const { run, recipe, films, plan } = await launched();
    const ids = await planShards(films, plan);
    expect(await remainingShards(ids)).toMatchObject({ rows: 40, shards: 3, workers: 0 });
    // A second run that comes to the same features waits for the same shards.
    expect((await planShards(films, plan)).sort()).toEqual(ids.sort());

    const pids: number[] = [];
    const watched = () => {
      const child = startChild();
      pids.push(child.pid ?? 0);
      return child;
    };
    const helping = helpWithShards(recipe, never, () => gatherCrew(watched));
    while ((await remainingShards(ids)).shards > 2) await wait(5);
    process.kill(pids[0] ?? 0, "SIGKILL");
    await helping;
    const { rows } = await remainingShards(ids);
    expect(rows).toBeLessThan(40);

    expect(await conductRun(run, { signal: never })).toBe("over");
    const detail = await shown(run);
    expect(detail).toMatchObject({ status: "done", seconds: { extracted: rows } });
    expect(await database().select().from(featureShards)).toEqual([]);
    const stored = await database().select().from(featureRows).where(eq(featureRows.view, 0));
    expect(new Set(stored.map(({ imageSha256 }) => imageSha256)).size).toBe(40);
  });

  it("are one worker's at a time: who comes back late stores nothing", async () => {
    const { recipe, films, plan } = await launched();
    const [id = 0, ...others] = await planShards(films, plan);
    const [first, second] = ["first", "second"].map(() => randomUUID());
    const [mine, yours] = await Promise.all([
      takeShard({ recipe }, first ?? ""),
      takeShard({ recipe }, second ?? ""),
    ]);
    expect(mine?.id).not.toBe(yours?.id);
    await database()
      .update(featureShards)
      .set({ leaseExpiresAt: sql`now() - interval '1 second'` })
      .where(eq(featureShards.id, mine?.id ?? 0));
    const third = randomUUID();
    expect(await takeShard({ ids: [mine?.id ?? 0] }, third)).toMatchObject({ id: mine?.id, attempt: 2 });
    const before = await database().$count(featureRows);
    const late = { object: { sha256: "0".repeat(64), bytes: 4 }, width: 1 };
    expect(mine && (await finishShard(mine, first ?? "", late))).toBe(false);
    expect(await database().$count(featureRows)).toBe(before);

    // Nobody waits any more: nobody works for nothing.
    await database()
      .update(featureShards)
      .set({ status: "waiting", wantedUntil: sql`now() - interval '1 second'` });
    expect(await takeShard({ ids: [id, ...others] }, third)).toBeNull();
  });

  it("fail a run in plain words where a film cannot be used", async () => {
    const { run, films } = await launched([4, 2, 2]);
    const sha256 = films[3]?.sha256 ?? "";
    await objectStore().remove(sha256);
    expect(await conductRun(run, { signal: never })).toBe("over");
    expect(await shown(run)).toMatchObject({
      status: "failed",
      error: expect.stringContaining(`The film ${sha256.slice(0, 12)}… cannot be used`),
    });
  });
});

async function launched(parts: [number, number, number] = [24, 8, 8]) {
  const scientist = await personWith("scientist");
  const { name, splitId } = await smallSplit({ parts });
  // Another seed of the random base for each test: other features.
  const options = { network: "efficientnet-lite0", epochs: 1, seed: splitId } as const;
  const { run } = valueIn(await launchRun(scientist, { ...options, split: name }));
  const [row] = await database().select().from(runs).where(eq(runs.id, run));
  const configuration = runConfiguration.parse(row?.configuration);
  const { sha256 } = await loadRunImages(splitId);
  const films = [...new Set(sha256)].map((film) => ({ sha256: film, views: [0] }));
  const { preprocess, pooling, rotation } = configuration;
  const task = {
    do: "extract",
    base: baseOf(configuration),
    preprocess,
    pooling,
    rotation,
    look: "whole",
  } as const;
  const recipes = featureRecipes(configuration, engine);
  return { run, films, recipe: recipes.turned, plan: { task, recipes, engine } };
}

async function shown(run: number) {
  return valueIn(await showRun({ kind: "system", part: "test" }, { run }));
}
