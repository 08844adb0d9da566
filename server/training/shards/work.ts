import { z } from "zod";
import { poolings } from "@/server/ml/pooling";
import { looks } from "@/server/ml/preprocess";
import { preprocessNames } from "@/server/ml/preprocess-names";
import type { BordersTask, ExtractTask } from "../child/protocol";
import { recipeOf } from "../feature-recipe";
import type { ShardRow } from "../keep";
import { networkNames } from "../networks";
import { engineSchema } from "../schema";

const task = z.discriminatedUnion("do", [
  z.object({
    do: z.literal("extract"),
    base: z.object({
      network: z.enum(networkNames),
      weightsSha256: z.string().nullable(),
      seed: z.number(),
    }),
    preprocess: z.enum(preprocessNames),
    pooling: z.enum(poolings),
    rotation: z.number(),
    look: z.enum(looks),
  }),
  z.object({ do: z.literal("borders") }),
]);

/** What a shard's row in the database tells whoever takes it. */
export const shardWork = z.object({
  task,
  recipes: z.object({ plain: z.string(), turned: z.string() }),
  /** Features of another engine differ in their last digits: only a worker with this one may help. */
  engine: engineSchema,
  films: z.array(z.object({ sha256: z.string(), views: z.array(z.number()) })),
});
export type ShardWork = z.output<typeof shardWork>;
export type ShardPlan = Omit<ShardWork, "films">;

export type ShardFilms = ExtractTask["films"];

/** The child's task. */
export function taskOf({ task, films }: ShardWork): ExtractTask | BordersTask {
  return { ...task, films };
}

/** The shard's rows in the order in which the child writes them. */
export function rowsOf({ recipes, films }: ShardWork): ShardRow[] {
  return films
    .flatMap(({ sha256, views }) => views.map((view) => ({ view, imageSha256: sha256 })))
    .map(({ view, imageSha256 }, row) => ({ recipe: recipeOf(recipes, view), view, imageSha256, row }));
}

export function countViews(films: ShardFilms): number {
  return films.reduce((sum, film) => sum + film.views.length, 0);
}
