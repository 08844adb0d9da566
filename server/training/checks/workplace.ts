import { eq } from "drizzle-orm";
import { database } from "@/server/db/client";
import { checks } from "@/server/db/schema";
import type { Look } from "@/server/ml/preprocess";
import type { HeadResult, HeadTask } from "../child/protocol";
import { TaskFailed } from "../child-process";
import type { Crew } from "../crew";
import { ensureFeatures } from "../ensure-features";
import { featureRecipes } from "../feature-recipe";
import { forgetShards, removeShards } from "../keep";
import { persist } from "../persist";
import { cohortFilms } from "../run-images";
import type { RunConfiguration, RunEngine } from "../schema";
import { type Hands, loadInto } from "../sweeps/hands";
import type { CohortFilms } from "./cohort-films";

/** What a check works with: processes with the engine, processes that train heads, and somebody to tell. */
export type Workplace = {
  readonly checkId: number;
  readonly cohortId: number;
  readonly engine: RunEngine;
  readonly crew: Crew;
  readonly hands: Hands;
  readonly signal: AbortSignal;
};

/** Times that damaged features are extracted again. */
const mostTries = 3;

/**
 * Has every hand hold the features of these films, as much of them as `look` leaves to see.
 * @throws TaskFailed, ChildDied
 */
export async function loadLook(
  place: Workplace,
  { images, classes }: CohortFilms,
  configuration: RunConfiguration,
  look: Look = "whole",
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries++) {
    const features = await ensureFeatures({
      ...workOf(place, `features ${look}`),
      images,
      configuration,
      look,
    });
    const { network, pooling } = configuration;
    const damaged = await loadInto(place.hands.hands, {
      network,
      pooling,
      labels: images.label,
      classes: classes.length,
      features,
    });
    if (damaged.length === 0) return;
    const { plain, turned } = featureRecipes(configuration, place.engine, look);
    await forget([plain, turned], damaged);
  }
  throw new TaskFailed("Stored features are damaged again and again: check the disk of the object store.");
}

/** Trains heads on what the hands hold, each hand one at a time; results in the order of the tasks. */
export async function trainHeads(
  place: Pick<Workplace, "checkId" | "hands" | "signal">,
  tasks: readonly Omit<HeadTask, "do">[],
  phase: string,
): Promise<readonly HeadResult[]> {
  const results: HeadResult[] = [];
  // One iterator for all: each hand takes the next task when it has finished its own.
  const next = tasks.entries();
  const tell = teller(place.checkId);
  let done = 0;
  await Promise.all(
    place.hands.hands.map(async (hand) => {
      for (const [at, task] of next) {
        place.signal.throwIfAborted();
        results[at] = await hand.ask({ do: "head", ...task });
        tell(phase, ++done, tasks.length);
      }
    }),
  );
  return results;
}

/** What the store of features needs to know of whoever works. */
export function workOf({ checkId, cohortId, engine, crew }: Workplace, phase: string) {
  const tell = teller(checkId);
  return {
    films: cohortFilms(cohortId),
    engine,
    crew,
    progress: (done: number, total: number) => tell(phase, done, total),
  };
}

/** Forgets damaged shards, so that they are computed again. */
export async function forget(recipes: readonly string[], shards: readonly string[]): Promise<void> {
  await persist(() => database().transaction((tx) => forgetShards(tx, recipes, shards)));
  await removeShards(shards);
}

/** Writes how far a check is, at most once a second. */
export function teller(checkId: number): (phase: string, done: number, total: number) => void {
  let told = 0;
  return (phase, done, total) => {
    if (Date.now() - told < 1_000) return;
    told = Date.now();
    // Only for the page: one that is lost is followed by the next.
    database()
      .update(checks)
      .set({ progress: { phase, done, total } })
      .where(eq(checks.id, checkId))
      .catch(() => {});
  };
}
