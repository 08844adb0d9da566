import type { SQL } from "drizzle-orm";
import type { Look } from "@/server/ml/preprocess";
import type { ExtractTask, FeaturePlaces, RunImages } from "./child/protocol";
import { ensureShards, type ShardWork } from "./ensure-shards";
import { borderRecipe, type FeatureChoice, featureRecipes } from "./feature-recipe";
import type { RunConfiguration } from "./schema";

type Work = Pick<ShardWork, "engine" | "crew" | "progress" | "stored"> & {
  readonly images: RunImages;
  /** Selects the objects of these images, as {@link splitFilms} does. */
  readonly films: SQL;
};

/**
 * Sees to it that the features of every image are in the store, extracting what no earlier run has, in as
 * many processes as the engine can use.
 * @returns per view where each image's row lies
 */
export function ensureFeatures({
  configuration,
  look = "whole",
  ...work
}: Work & { readonly configuration: RunConfiguration; readonly look?: Look }): Promise<FeaturePlaces[]> {
  const { preprocess, pooling, rotation } = configuration;
  return ensureShards({
    ...work,
    recipes: featureRecipes(configuration, work.engine, look),
    views: configuration.augmentedViews + 1,
    task: { do: "extract", base: baseOf(configuration), preprocess, pooling, rotation, look },
  });
}

/** Sees to it that the border statistics of every image are in the store. @returns where each image's row lies */
export async function ensureBorders(work: Work): Promise<FeaturePlaces> {
  const recipes = { plain: borderRecipe, turned: borderRecipe };
  const [places] = await ensureShards({ ...work, recipes, views: 1, task: { do: "borders" } });
  if (!places) throw new Error("No view was asked for");
  return places;
}

/** The base that a configuration's features come from. */
export function baseOf({ network, weights, training }: FeatureChoice): ExtractTask["base"] {
  return { network, weightsSha256: weights?.sha256 ?? null, seed: training.seed };
}
