import { eq, type SQL } from "drizzle-orm";
import { database } from "@/server/db/client";
import { featureRows } from "@/server/db/schema";
import { env } from "@/server/lib/env";
import type { FeaturePlaces } from "../child/protocol";
import { readShard } from "../child/stored-features";
import { TaskFailed } from "../child-process";
import type { Crew } from "../crew";
import { baseOf } from "../ensure-features";
import { ensureShards } from "../ensure-shards";
import { type FeatureChoice, featureRecipes } from "../feature-recipe";
import { forgetShards, removeShards } from "../keep";
import type { ExportedImage } from "./begin-export";

type Wanted = {
  readonly choice: FeatureChoice;
  readonly images: readonly ExportedImage[];
  /** Selects their films' objects. */
  readonly films: SQL;
};

/** Times that damaged features are extracted again. */
const mostTries = 3;

/**
 * Sees to it that every film has its row of features in the store, whole.
 * @throws TaskFailed, ChildDied
 */
export async function gatherRows(
  { choice, images, films }: Wanted,
  crew: Crew,
  progress: (done: number, total: number) => void,
): Promise<{ readonly places: FeaturePlaces; readonly width: number }> {
  const engine = await crew.lead.ask({ do: "engine", want: env().OVERREAD_ENGINE });
  const recipes = featureRecipes(choice, engine);
  const { preprocess, pooling, rotation } = choice;
  for (let tries = 0; tries < mostTries; tries++) {
    const [places] = await ensureShards({
      images: { sha256: images.map(({ sha256 }) => sha256), part: new Uint8Array(images.length) },
      ...{ films, recipes, engine, crew, progress, views: 1 },
      task: { do: "extract", base: baseOf(choice), preprocess, pooling, rotation, look: "whole" },
    });
    if (!places) throw new Error("No view was asked for");
    const damaged = await damagedOf(places.shards);
    if (damaged.length === 0) return { places, width: await widthOf(recipes.plain) };
    await database().transaction((tx) => forgetShards(tx, [recipes.plain], damaged));
    await removeShards(damaged);
  }
  throw new TaskFailed("Stored features are damaged again and again: check the disk of the object store.");
}

async function damagedOf(shards: readonly string[]): Promise<string[]> {
  const damaged: string[] = [];
  for (const sha256 of shards) if ((await readShard(sha256)) === null) damaged.push(sha256);
  return damaged;
}

async function widthOf(recipe: string): Promise<number> {
  const [row] = await database()
    .select({ width: featureRows.width })
    .from(featureRows)
    .where(eq(featureRows.recipe, recipe))
    .limit(1);
  return row?.width ?? 0;
}
