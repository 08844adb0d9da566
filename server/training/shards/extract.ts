import { setTimeout as wait } from "node:timers/promises";
import { messageOf } from "@/server/lib/errors";
import { log } from "@/server/lib/log";
import { ChildDied, TaskFailed, type TrainingChild } from "../child-process";
import type { Crew } from "../crew";
import { persist } from "../persist";
import type { RunEngine } from "../schema";
import {
  failShard,
  finishShard,
  giveBackShard,
  renewShards,
  type TakenShard,
  takeShard,
  type Which,
  wantShards,
} from "./lease";
import { taskOf } from "./work";

/** Deaths of the process on one shard before that shard is given up. */
const mostTries = 5;

const renewMs = 5_000;

export type Extraction = {
  readonly which: Which;
  /** Of this worker's leases. */
  readonly token: string;
  readonly engine: RunEngine;
  readonly crew: Crew;
  /** As many processes at most. */
  readonly wanted: number;
  /** Views of shards in work that are done. */
  progress?(inWork: number): void;
  finished?(rows: number): Promise<void>;
  /** Asked when there is nothing to take: whether to ask again soon, for a holder may die. @throws to end it */
  idle(): Promise<boolean>;
};

/**
 * Extracts shard after shard, in as many processes as the engine can use, until there is none to take and `idle`
 * says so.
 * @throws TaskFailed for a film that cannot be used; ChildDied
 */
export async function extractShards(extraction: Extraction): Promise<void> {
  const { engine, crew, token, which } = extraction;
  const inWork = new Map<TrainingChild, number>();
  const report = (child: TrainingChild, done: number) => {
    inWork.set(child, done);
    extraction.progress?.([...inWork.values()].reduce((sum, count) => sum + count, 0));
  };
  const each = async (child: TrainingChild) => {
    await child.ask({ do: "engine", want: engine.name === "native" ? "native" : "wasm" });
    for (;;) {
      const shard = await takeShard(which, token);
      if (shard) await extractOne(shard, child, extraction, report);
      else if (await extraction.idle()) await wait(500);
      else return;
    }
  };
  const renewal = setInterval(() => void renew(which, token), renewMs);
  try {
    await Promise.all(crew.helpers(engine, extraction.wanted).map(each));
  } finally {
    clearInterval(renewal);
    await crew.dismissHelpers();
  }
}

async function extractOne(
  shard: TakenShard,
  child: TrainingChild,
  { token, finished }: Extraction,
  report: (child: TrainingChild, done: number) => void,
): Promise<void> {
  try {
    const extracted = await child.ask(taskOf(shard), (event) => {
      if (event.on === "progress") report(child, event.done);
    });
    let stored = false;
    await persist(async () => {
      stored = await finishShard(shard, token, extracted);
    });
    report(child, 0);
    if (stored) await finished?.(shard.films.reduce((sum, { views }) => sum + views.length, 0));
  } catch (error) {
    if (error instanceof TaskFailed) await failShard(shard, token, error.message);
    else if (error instanceof ChildDied && shard.attempt >= mostTries) {
      await failShard(shard, token, `${error.message} Given up after ${shard.attempt} tries.`);
    } else await giveBackShard(shard, token);
    throw error;
  }
}

async function renew(which: Which, token: string): Promise<void> {
  try {
    await renewShards(token);
    if ("ids" in which) await wantShards(which.ids);
  } catch (error) {
    log("training").warn({ err: error }, `leases on shards could not be renewed: ${messageOf(error)}`);
  }
}
