import { setTimeout as wait } from "node:timers/promises";
import { env } from "@/server/lib/env";
import type { FeaturePlaces, RunImages } from "../child/protocol";
import { codeVersion } from "../code-version";
import type { Crew } from "../crew";
import { ensureFeatures } from "../ensure-features";
import { featureRecipes } from "../feature-recipe";
import { loadRunImages, splitFilms } from "../run-images";
import { type RunConfiguration, runConfiguration } from "../schema";
import { dropSweepShards, keepExtraction, keepSweepEngine, keepSweepRows } from "./keep";
import { releaseExtraction, type SweepHold, type TakenSweep, takeExtraction } from "./lease";

export type GatheredFeatures = {
  readonly images: RunImages;
  readonly configuration: RunConfiguration;
  readonly features: readonly FeaturePlaces[];
  /** Forgets damaged shards, so that they are extracted again. */
  forget(shards: readonly string[]): Promise<void>;
};

/**
 * Where the features of a sweep's images lie. One worker at a time sees to what is missing; the others, while they
 * wait, help with it as workers of any other run or sweep do.
 * @throws TaskFailed for a film that cannot be used; ChildDied
 */
export async function gatherFeatures(
  sweep: TakenSweep,
  hold: SweepHold,
  crew: Crew,
  signal: AbortSignal,
): Promise<GatheredFeatures> {
  const configuration = runConfiguration.parse(sweep.configuration);
  const engine = await crew.lead.ask({ do: "engine", want: env().OVERREAD_ENGINE });
  while (!(await takeExtraction(hold))) await wait(500, undefined, { signal });
  if (sweep.engine === null) await keepSweepEngine(hold, engine, await codeVersion());
  const images = await loadRunImages(sweep.splitId);
  let told = 0;
  const features = await ensureFeatures({
    films: splitFilms(sweep.splitId),
    images,
    configuration,
    engine,
    crew,
    stored: (rows, seconds) => keepSweepRows(hold, rows, seconds),
    progress(done, total) {
      if (Date.now() - told < 1_000) return;
      told = Date.now();
      // Only for the page: one that is lost is followed by the next.
      keepExtraction(hold, { done, total }).catch(() => {});
    },
  });
  await keepExtraction(hold, null);
  await releaseExtraction(hold);
  const { plain, turned } = featureRecipes(configuration, engine);
  return {
    images,
    configuration,
    features,
    forget: (shards) => dropSweepShards(hold, [plain, turned], shards),
  };
}
