import { type SQL, sql } from "drizzle-orm";
import { database } from "@/server/db/client";
import type { FeaturePlaces, RunImages } from "./child/protocol";
import type { FeatureRecipes } from "./feature-recipe";

/** Where features lie that are stored already, by `keyOf`. */
export type KnownRows = ReadonlyMap<string, { readonly shard: string; readonly row: number }>;

/** What is stored of these films under a recipe. @param films selects their objects */
export async function knownRows(films: SQL, recipes: FeatureRecipes): Promise<KnownRows> {
  const rows = await database().execute<{ view: number; image: string; shard: string; row: number }>(sql`
    select f.view, f.image_sha256 as image, f.shard_sha256 as shard, f.row
    from feature_rows f
    where ((f.recipe = ${recipes.plain} and f.view = 0) or (f.recipe = ${recipes.turned} and f.view > 0))
      and f.image_sha256 in (${films})`);
  return new Map(rows.map(({ view, image, shard, row }) => [keyOf(view, image), { shard, row }]));
}

export function keyOf(view: number, sha256: string): string {
  return `${view} ${sha256}`;
}

/** Where a view of each image lies, in the images' order. */
export function placesOf(images: Pick<RunImages, "sha256">, view: number, known: KnownRows): FeaturePlaces {
  const numbers = new Map<string, number>();
  const shard = new Int32Array(images.sha256.length).fill(-1);
  const row = new Int32Array(images.sha256.length);
  images.sha256.forEach((sha256, at) => {
    const place = known.get(keyOf(view, sha256));
    if (!place) return;
    if (!numbers.has(place.shard)) numbers.set(place.shard, numbers.size);
    shard[at] = numbers.get(place.shard) ?? -1;
    row[at] = place.row;
  });
  return { shards: [...numbers.keys()], shard, row };
}
