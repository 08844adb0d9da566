import { type SQL, sql } from "drizzle-orm";
import { database } from "@/server/db/client";
import type { BordersTask, ExtractedShard, ExtractTask, FeaturePlaces, RunImages } from "./child/protocol";
import type { Crew } from "./crew";
import { type FeatureRecipes, recipeOf } from "./feature-recipe";
import type { ShardRow } from "./keep";
import type { RunEngine } from "./schema";

/** Films per shard: small enough that a killed worker loses seconds, large enough to be few objects. */
const filmsPerShard = 16;

export type ShardWork = {
  readonly images: RunImages;
  /** Selects the objects of these images. */
  readonly films: SQL;
  readonly recipes: FeatureRecipes;
  /** Of training images; the others have the plain one only. */
  readonly views: number;
  readonly task: Omit<ExtractTask, "films"> | Omit<BordersTask, "films">;
  readonly engine: RunEngine;
  readonly crew: Crew;
  progress(done: number, total: number): void;
  /** Keeps a shard under the lease of whoever works, or throws. */
  keep(shard: ExtractedShard, rows: readonly ShardRow[], seconds: number): Promise<void>;
};

/**
 * Sees to it that the rows of every image are in the store, computing those that are not there.
 * @returns per view where each image's row lies
 */
export async function ensureShards(work: ShardWork): Promise<FeaturePlaces[]> {
  const { images, recipes, views } = work;
  const known = await knownRows(work.films, recipes);
  const wanted = wantedViews(images, views);
  const missing = wanted
    .map(({ sha256, views }) => ({ sha256, views: views.filter((view) => !known.has(key(view, sha256))) }))
    .filter((film) => film.views.length > 0);
  if (missing.length > 0) await extract(work, missing, countViews(wanted), known);
  return Array.from({ length: views }, (_, view) => placesOf(images, view, known));
}

async function extract(
  work: ShardWork,
  films: ExtractTask["films"],
  /** Of the whole run, with those that are stored already. */
  total: number,
  known: Map<string, Place>,
): Promise<void> {
  const chunks = Array.from({ length: Math.ceil(films.length / filmsPerShard) }, (_, at) =>
    films.slice(at * filmsPerShard, (at + 1) * filmsPerShard),
  );
  const { engine, crew, recipes } = work;
  let kept = total - countViews(films);
  let marked = Date.now();
  const inWork = new Map<number, number>();
  const report = () => work.progress(kept + [...inWork.values()].reduce((sum, done) => sum + done, 0), total);
  report();
  const next = chunks.values();
  const each = async (worker: number, child: Crew["lead"]) => {
    await child.ask({ do: "engine", want: engine.name === "native" ? "native" : "wasm" });
    // One iterator for all: each child takes the next chunk when it has finished its own.
    for (const chunk of next) {
      const shard = await child.ask({ ...work.task, films: chunk }, (event) => {
        if (event.on !== "progress") return;
        inWork.set(worker, event.done);
        report();
      });
      const rows = rowsOf(recipes, chunk);
      const seconds = (Date.now() - marked) / 1000;
      marked = Date.now();
      await work.keep(shard, rows, seconds);
      for (const { view, imageSha256, row } of rows) {
        known.set(key(view, imageSha256), { shard: shard.object.sha256, row });
      }
      inWork.delete(worker);
      kept += rows.length;
      report();
    }
  };
  await Promise.all(crew.helpers(engine, chunks.length).map((child, worker) => each(worker, child)));
  await crew.dismissHelpers();
}

type Place = { readonly shard: string; readonly row: number };

function key(view: number, sha256: string): string {
  return `${view} ${sha256}`;
}

async function knownRows(films: SQL, recipes: FeatureRecipes): Promise<Map<string, Place>> {
  const rows = await database().execute<{ view: number; image: string; shard: string; row: number }>(sql`
    select f.view, f.image_sha256 as image, f.shard_sha256 as shard, f.row
    from feature_rows f
    where ((f.recipe = ${recipes.plain} and f.view = 0) or (f.recipe = ${recipes.turned} and f.view > 0))
      and f.image_sha256 in (${films})`);
  return new Map(rows.map(({ view, image, shard, row }) => [key(view, image), { shard, row }]));
}

/** Each film once; views above 0 are for training images only. */
function wantedViews(images: RunImages, views: number): { sha256: string; views: number[] }[] {
  const trained = new Set(images.sha256.filter((_, at) => images.part[at] === 0));
  return [...new Set(images.sha256)].map((sha256) => ({
    sha256,
    views: Array.from({ length: trained.has(sha256) ? views : 1 }, (_, view) => view),
  }));
}

function countViews(films: ExtractTask["films"]): number {
  return films.reduce((sum, film) => sum + film.views.length, 0);
}

/** The shard's rows in the order in which the child writes them. */
function rowsOf(recipes: FeatureRecipes, films: ExtractTask["films"]): ShardRow[] {
  return films
    .flatMap(({ sha256, views }) => views.map((view) => ({ view, imageSha256: sha256 })))
    .map(({ view, imageSha256 }, row) => ({ recipe: recipeOf(recipes, view), view, imageSha256, row }));
}

function placesOf(images: RunImages, view: number, known: ReadonlyMap<string, Place>): FeaturePlaces {
  const numbers = new Map<string, number>();
  const shard = new Int32Array(images.sha256.length).fill(-1);
  const row = new Int32Array(images.sha256.length);
  images.sha256.forEach((sha256, at) => {
    const place = known.get(key(view, sha256));
    if (!place) return;
    if (!numbers.has(place.shard)) numbers.set(place.shard, numbers.size);
    shard[at] = numbers.get(place.shard) ?? -1;
    row[at] = place.row;
  });
  return { shards: [...numbers.keys()], shard, row };
}
