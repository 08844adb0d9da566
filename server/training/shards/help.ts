import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { database } from "@/server/db/client";
import { featureShards } from "@/server/db/schema";
import { enqueue } from "@/server/jobs/queue";
import { env } from "@/server/lib/env";
import { log } from "@/server/lib/log";
import { ChildDied, TaskFailed } from "../child-process";
import { gatherCrew } from "../crew";
import type { RunEngine } from "../schema";
import { isLeading } from "./busy";
import { extractShards } from "./extract";
import { shardWork } from "./work";

/** A worker that cannot help now leaves the call to another, or to itself after so long. */
const laterSeconds = 10;

/** Recipes of engines that are not this worker's: its features would be others. */
const foreign = new Set<string>();

/**
 * Helps whoever waits for features of a recipe, until none is left to take. Each worker that comes calls the next
 * one, so that all that are free take part.
 */
export async function helpWithShards(
  recipe: string,
  signal: AbortSignal,
  gather: typeof gatherCrew = gatherCrew,
): Promise<void> {
  const open = await openShard(recipe);
  if (!open) return;
  if (isLeading() || foreign.has(recipe)) return callNext(recipe, laterSeconds);
  const crew = gather();
  const stop = () => void crew.dismiss();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const engine = await crew.lead.ask({ do: "engine", want: env().OVERREAD_ENGINE });
    if (!sameEngine(engine, open.engine)) {
      foreign.add(recipe);
      return await callNext(recipe, laterSeconds);
    }
    await callNext(recipe, 0);
    const idle = async () => false;
    await extractShards({ which: { recipe }, token: randomUUID(), engine, crew, wanted: 64, idle });
  } catch (error) {
    // Whoever waits is told by the shard itself, or does it alone.
    if (!(error instanceof TaskFailed || error instanceof ChildDied)) throw error;
    log("training").warn({ err: error }, "a shard of features was not extracted");
  } finally {
    signal.removeEventListener("abort", stop);
    await crew.dismiss();
  }
}

function sameEngine(one: RunEngine, other: RunEngine): boolean {
  const facts = ({ name, version, library, device }: RunEngine) => [name, version, library, device].join();
  return facts(one) === facts(other);
}

async function openShard(recipe: string) {
  const [row] = await database()
    .select({ work: featureShards.work })
    .from(featureShards)
    .where(
      and(
        eq(featureShards.recipe, recipe),
        eq(featureShards.status, "waiting"),
        sql`${featureShards.wantedUntil} > now()`,
      ),
    )
    .limit(1);
  return row ? shardWork.parse(row.work) : null;
}

async function callNext(recipe: string, afterSeconds: number): Promise<void> {
  await database().transaction((tx) => enqueue(tx, "extract", { recipe }, afterSeconds));
}
