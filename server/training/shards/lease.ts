import { and, eq, sql } from "drizzle-orm";
import { database } from "@/server/db/client";
import { featureShards } from "@/server/db/schema";
import type { ExtractedShard } from "../child/protocol";
import { storeShard } from "../keep";
import { leaseSeconds } from "../lease";
import { rowsOf, type ShardWork, shardWork } from "./work";

export type TakenShard = ShardWork & { readonly id: number; readonly attempt: number };

/** Whose shards: those that one waits for, or all of a recipe that anybody waits for. */
export type Which = { readonly ids: readonly number[] } | { readonly recipe: string };

const inAWhile = sql`now() + ${`${leaseSeconds} seconds`}::interval`;
/** Nobody waits any more for a shard of which that was said so long ago. */
export const wantedFor = inAWhile;

/** Takes the next shard that waits or whose holder is dead; several workers take different ones. */
export async function takeShard(which: Which, token: string): Promise<TakenShard | null> {
  const [row] = await database()
    .update(featureShards)
    .set({
      status: "running",
      leaseToken: token,
      leaseExpiresAt: inAWhile,
      attempt: sql`${featureShards.attempt} + 1`,
    })
    .where(
      sql`${featureShards.id} = (
        select s.id from feature_shards s
        where ${"ids" in which ? sql`s.id = any(${arrayOf(which.ids)})` : sql`s.recipe = ${which.recipe}`}
          and s.wanted_until > now()
          and (s.status = 'waiting' or (s.status = 'running' and s.lease_expires_at < now()))
        order by s.id limit 1 for update skip locked)`,
    )
    .returning();
  return row ? { ...shardWork.parse(row.work), id: row.id, attempt: row.attempt } : null;
}

/** Keeps alive what a worker holds. */
export async function renewShards(token: string): Promise<void> {
  await database()
    .update(featureShards)
    .set({ leaseExpiresAt: inAWhile })
    .where(and(eq(featureShards.leaseToken, token), eq(featureShards.status, "running")));
}

/**
 * Stores the features of a shard that is still one's own, and with that its row is done. One that another has
 * taken meanwhile is left to it: its numbers will be the same.
 */
export async function finishShard(
  shard: TakenShard,
  token: string,
  extracted: ExtractedShard,
): Promise<boolean> {
  return database().transaction(async (tx) => {
    const mine = await tx.delete(featureShards).where(held(shard, token)).returning({ id: featureShards.id });
    if (mine.length === 0) return false;
    await storeShard(tx, extracted, rowsOf(shard));
    return true;
  });
}

/** Gives a shard back, for others to take. */
export async function giveBackShard(shard: TakenShard, token: string): Promise<void> {
  await database()
    .update(featureShards)
    .set({ status: "waiting", leaseToken: null, leaseExpiresAt: null })
    .where(held(shard, token));
}

/** Ends a shard that cannot be done; whoever waits for it is told why. */
export async function failShard(shard: TakenShard, token: string, error: string): Promise<void> {
  await database()
    .update(featureShards)
    .set({ status: "failed", error, leaseToken: null, leaseExpiresAt: null })
    .where(held(shard, token));
}

export type Remaining = {
  readonly rows: number;
  readonly shards: number;
  /** Others and oneself. */
  readonly workers: number;
  /** Why one of them cannot be done. */
  readonly error: string | null;
};

/** What is left of the shards that one waits for. */
export async function remainingShards(ids: readonly number[]): Promise<Remaining> {
  const [row] = await database().execute<Remaining>(sql`
    select coalesce(sum(rows), 0)::int as rows, count(*)::int as shards, min(error) as error,
      (count(distinct lease_token) filter (where status = 'running' and lease_expires_at > now()))::int as workers
    from feature_shards where id = any(${arrayOf(ids)})`);
  return row ?? { rows: 0, shards: 0, workers: 0, error: null };
}

/** Says that somebody still waits for shards: without, nobody works on them. */
export async function wantShards(ids: readonly number[]): Promise<void> {
  await database()
    .update(featureShards)
    .set({ wantedUntil: wantedFor })
    .where(sql`${featureShards.id} = any(${arrayOf(ids)})`);
}

function held({ id }: TakenShard, token: string) {
  return and(
    eq(featureShards.id, id),
    eq(featureShards.leaseToken, token),
    eq(featureShards.status, "running"),
  );
}

/** As PostgreSQL writes it: a list of its own would be one parameter each. */
function arrayOf(ids: readonly number[]) {
  return sql`${`{${ids.join(",")}}`}::bigint[]`;
}
