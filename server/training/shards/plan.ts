import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { database, type Transaction } from "@/server/db/client";
import { featureShards } from "@/server/db/schema";
import { enqueue } from "@/server/jobs/queue";
import { wantedFor } from "./lease";
import { countViews, type ShardFilms, type ShardPlan, shardWork } from "./work";

/** Films per shard: small enough that a killed worker loses seconds, large enough to be few objects. */
const filmsPerShard = 16;

/**
 * Sees to it that every missing view is in a shard that waits or is at work: what others have planned already is
 * waited for, not done twice.
 * @returns the shards to wait for
 */
export async function planShards(missing: ShardFilms, plan: ShardPlan): Promise<number[]> {
  const recipe = plan.recipes.turned;
  return database().transaction(async (tx) => {
    // Two runs that come to the same features at once plan one after the other.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${recipe}, 0))`);
    await tx.delete(featureShards).where(lt(featureShards.wantedUntil, sql`now() - interval '10 minutes'`));
    const open = await tx
      .select({ id: featureShards.id, work: featureShards.work })
      .from(featureShards)
      .where(and(eq(featureShards.recipe, recipe), inArray(featureShards.status, ["waiting", "running"])));
    const planned = new Map(
      open.flatMap(({ id, work }) => viewKeys(shardWork.parse(work).films).map((key) => [key, id] as const)),
    );
    const waitedFor = new Set(viewKeys(missing).flatMap((key) => planned.get(key) ?? []));
    const films = missing
      .map(({ sha256, views }) => ({
        sha256,
        views: views.filter((view) => !planned.has(keyOf(sha256, view))),
      }))
      .filter(({ views }) => views.length > 0);
    const added = await addShards(tx, recipe, films, plan);
    const wanted = [...waitedFor, ...added];
    if (waitedFor.size > 0) {
      const waited = inArray(featureShards.id, [...waitedFor]);
      await tx.update(featureShards).set({ wantedUntil: wantedFor }).where(waited);
    }
    return wanted;
  });
}

async function addShards(
  tx: Transaction,
  recipe: string,
  films: ShardFilms,
  plan: ShardPlan,
): Promise<number[]> {
  const shards = Array.from({ length: Math.ceil(films.length / filmsPerShard) }, (_, at) =>
    films.slice(at * filmsPerShard, (at + 1) * filmsPerShard),
  );
  if (shards.length === 0) return [];
  const added = await tx
    .insert(featureShards)
    .values(
      shards.map((own) => ({
        recipe,
        work: { ...plan, films: own },
        rows: countViews(own),
        wantedUntil: wantedFor,
      })),
    )
    .returning({ id: featureShards.id });
  // Calls another worker, who calls the next.
  if (shards.length > 1) await enqueue(tx, "extract", { recipe });
  return added.map(({ id }) => id);
}

function viewKeys(films: ShardFilms): string[] {
  return films.flatMap(({ sha256, views }) => views.map((view) => keyOf(sha256, view)));
}

function keyOf(sha256: string, view: number): string {
  return `${view} ${sha256}`;
}
