import { randomUUID } from "node:crypto";
import type { SQL } from "drizzle-orm";
import type { FeaturePlaces, RunImages } from "./child/protocol";
import { TaskFailed } from "./child-process";
import type { Crew } from "./crew";
import type { FeatureRecipes } from "./feature-recipe";
import { type KnownRows, keyOf, knownRows, placesOf } from "./known-rows";
import type { RunEngine, RunProgress } from "./schema";
import { leading } from "./shards/busy";
import { extractShards } from "./shards/extract";
import { remainingShards } from "./shards/lease";
import { planShards } from "./shards/plan";
import { countViews, type ShardFilms, type ShardPlan } from "./shards/work";

export type ShardWork = {
  readonly images: Pick<RunImages, "sha256" | "part">;
  /** Selects the objects of these images. */
  readonly films: SQL;
  readonly recipes: FeatureRecipes;
  /** Of training images; the others have the plain one only. */
  readonly views: number;
  readonly task: ShardPlan["task"];
  readonly engine: RunEngine;
  readonly crew: Crew;
  progress(done: number, total: number, shards: RunProgress["shards"]): void;
  /** Told of rows that are stored since it was told last, by whomever, and in how many seconds. */
  stored?(rows: number, seconds: number): Promise<void>;
};

/**
 * Sees to it that the rows of every image are in the store: what is not there is put into shards, which this
 * worker does, and any other that is free.
 * @returns per view where each image's row lies
 * @throws TaskFailed for a film that cannot be used; ChildDied
 */
export async function ensureShards(work: ShardWork): Promise<FeaturePlaces[]> {
  const { recipes, views, engine, task } = work;
  const wanted = wantedViews(work.images, views);
  // A second round only where shards went lost meanwhile.
  for (let round = 0; round < 3; round++) {
    const known = await knownRows(work.films, recipes);
    const missing = missingOf(wanted, known);
    if (missing.length === 0) {
      return Array.from({ length: views }, (_, view) => placesOf(work.images, view, known));
    }
    const ids = await planShards(missing, { recipes, engine, task });
    await leading(() => waitFor(ids, countViews(wanted), work));
  }
  throw new TaskFailed("Features that were extracted are gone again: is somebody emptying the database?");
}

/** Takes part in shards until the last of them is stored, by this worker or another. */
async function waitFor(ids: readonly number[], total: number, work: ShardWork): Promise<void> {
  let left = await remainingShards(ids);
  const shards = left.shards;
  let marked = Date.now();
  let own = 0;
  const report = () => {
    const { workers } = left;
    const done = Math.min(total, total - left.rows + own);
    work.progress(done, total, { done: shards - left.shards, total: shards, workers });
  };
  const look = async () => {
    const before = left.rows;
    left = await remainingShards(ids);
    const seconds = (Date.now() - marked) / 1000;
    report();
    if (left.rows === before) return;
    marked = Date.now();
    await work.stored?.(before - left.rows, seconds);
  };
  report();
  await extractShards({
    which: { ids },
    token: randomUUID(),
    engine: work.engine,
    crew: work.crew,
    wanted: ids.length,
    progress(inWork) {
      own = inWork;
      report();
    },
    finished: look,
    async idle() {
      await look();
      if (left.error !== null) throw new TaskFailed(left.error);
      return left.shards > 0;
    },
  });
}

function missingOf(wanted: ShardFilms, known: KnownRows): ShardFilms {
  return wanted
    .map(({ sha256, views }) => ({ sha256, views: views.filter((view) => !known.has(keyOf(view, sha256))) }))
    .filter((film) => film.views.length > 0);
}

/** Each film once; views above 0 are for training images only. */
function wantedViews(images: ShardWork["images"], views: number): ShardFilms {
  const trained = new Set(images.sha256.filter((_, at) => images.part[at] === 0));
  return [...new Set(images.sha256)].map((sha256) => ({
    sha256,
    views: Array.from({ length: trained.has(sha256) ? views : 1 }, (_, view) => view),
  }));
}
