import { createHash } from "node:crypto";
import { borderStatisticNames } from "@/server/ml/border";
import type { Look } from "@/server/ml/preprocess";
import type { RunConfiguration, RunEngine } from "./schema";

/** The options of a run that its features follow from. */
export type FeatureChoice = Pick<
  RunConfiguration,
  "network" | "weights" | "preprocess" | "pooling" | "rotation"
> & {
  readonly training: Pick<RunConfiguration["training"], "seed">;
};

/** The recipes of a run's features: of the plain film, and of its turned views where there are any. */
export type FeatureRecipes = { readonly plain: string; readonly turned: string };

/**
 * What features depend on, as one hash each: network, weights (or the seed of random ones), preprocess, pooling, the
 * engine (its last digits differ from another's), and for turned views the rotation. Features of one recipe
 * are shared by all runs.
 */
export function featureRecipes(
  configuration: FeatureChoice,
  engine: RunEngine,
  look: Look = "whole",
): FeatureRecipes {
  const { network, weights, preprocess, pooling, rotation, training } = configuration;
  const plain = {
    network,
    weights: weights?.sha256 ?? `random ${training.seed}`,
    preprocess,
    // The mean is not named: features from before there was a choice keep their recipe.
    ...(pooling === "gap" ? {} : { pooling }),
    ...(look === "whole" ? {} : { look }),
    engine: [engine.name, engine.version, engine.library, engine.device],
  };
  return { plain: hash(plain), turned: hash({ ...plain, rotation, fill: "nearest" }) };
}

/** Of a film's border statistics; another list of them, or another way to measure, is another recipe. */
export const borderRecipe = hash({ border: borderStatisticNames, way: 1 });

/** The recipe of a view: 0 is the plain film. */
export function recipeOf(recipes: FeatureRecipes, view: number): string {
  return view === 0 ? recipes.plain : recipes.turned;
}

function hash(facts: unknown): string {
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}
