import { env } from "@/server/lib/env";
import type { TaskEvent, TrainResult } from "./child/protocol";
import { TaskFailed } from "./child-process";
import { codeVersion } from "./code-version";
import type { Crew } from "./crew";
import { baseOf, ensureFeatures } from "./ensure-features";
import { featureRecipes } from "./feature-recipe";
import { finishRun } from "./finish";
import { dropShards, keepEngine, keepEpoch, keepExtraction, keepLine } from "./keep";
import type { Lease, TakenRun } from "./lease";
import { trainableNetworks } from "./networks";
import { persist } from "./persist";
import type { Pulse } from "./pulse";
import { loadRunImages, splitFilms } from "./run-images";
import { type RunConfiguration, runConfiguration } from "./schema";

/** The run asks for a GPU, and this worker computes without. */
export class NoGpu extends Error {
  override name = "NoGpu";
}

/**
 * One try at a run, from its last checkpoint to its model.
 * @throws TaskFailed, ChildDied, LeaseLost, NoGpu
 */
export async function attempt(run: TakenRun, lease: Lease, crew: Crew, pulse: Pulse): Promise<void> {
  pulse.progress("starting", 0, 1);
  const configuration = runConfiguration.parse(run.configuration);
  const engine = await crew.lead.ask({ do: "engine", want: env().OVERREAD_ENGINE });
  if (configuration.device === "gpu" && engine.device !== "GPU") throw new NoGpu();
  await persist(async () => keepEngine(lease, engine, await codeVersion()));
  if (engine.name !== (run.engine?.name ?? engine.name)) {
    const line = `Begun on ${run.engine?.name}, going on on ${engine.name}: the last digits may differ.`;
    await persist(() => keepLine(lease, "warn", line));
  }
  const images = await loadRunImages(run.splitId);
  const writes = inOrder();
  const hear = (event: TaskEvent) => {
    if (event.on === "progress") pulse.progress(event.phase, event.done, event.total);
    else if (event.on === "log") writes.add(() => keepLine(lease, event.level, event.line));
    else if (event.on === "epoch") writes.add(() => keepEpoch(lease, event));
  };
  let checkpointSha256 = run.checkpointSha256;
  if (run.checkpointEpoch !== null && checkpointSha256) {
    await persist(() => keepLine(lease, "info", `Going on after epoch ${run.checkpointEpoch}.`));
  }
  for (let round = 0; round < 3; round++) {
    const features = isWhole(configuration)
      ? null
      : await ensureFeatures({
          films: splitFilms(run.splitId),
          images,
          configuration,
          engine,
          crew,
          stored: (rows, seconds) => persist(() => keepExtraction(lease, rows, seconds)),
          progress: (done, total, shards) => pulse.progress("features", done, total, shards),
        });
    const { id: runId, classes } = run;
    const task = { do: "train", runId, classes, configuration, images, features, checkpointSha256 } as const;
    // What was told before its end is kept first, whichever way it ends.
    const result: TrainResult = await crew.lead
      .ask({ ...task, base: baseOf(configuration) }, hear)
      .finally(writes.settled);
    if (result.damaged === null) {
      // From here the run's own row is locked or done: a beat that no longer finds it held would mislead.
      pulse.stop();
      return persist(() => finishRun(lease, run, images, result));
    }
    const recipes = featureRecipes(configuration, engine);
    await persist(() => dropShards(lease, [recipes.plain, recipes.turned], result.damaged));
    checkpointSha256 = null;
  }
  throw new TaskFailed("Stored features are damaged again and again: check the disk of the object store.");
}

function isWhole({ network }: RunConfiguration): boolean {
  return trainableNetworks[network].trained === "whole";
}

/** Writes one after another, in the order of the events that they keep. */
function inOrder() {
  let last: Promise<void> = Promise.resolve();
  return {
    add(write: () => Promise<void>) {
      last = last.then(() => persist(write));
      // Seen by whoever awaits `settled`; until then a failure must not end the worker.
      last.catch(() => {});
    },
    settled: () => last,
  };
}
