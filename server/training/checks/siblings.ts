import { drawArms } from "@/server/integrity/sibling-arms";
import { type ScoredArms, siblingCost } from "@/server/integrity/sibling-cost";
import type { SiblingsResult } from "@/server/integrity/sibling-schema";
import { deriveSeed } from "@/server/ml/random";
import { gatherRows } from "@/server/ml/training/gather";
import type { HeadResult } from "../child/protocol";
import { TaskFailed } from "../child-process";
import type { CohortFilms } from "./cohort-films";
import type { CheckConfiguration } from "./schema";
import { loadLook, trainHeads, type Workplace } from "./workplace";

/**
 * What a leak costs on this cohort: over many splits by image, the same test images scored by a head that was
 * trained with their siblings and by one that was not (integrity.md, Leakage of a split).
 * @throws TaskFailed, ChildDied
 */
export async function checkSiblings(
  place: Workplace,
  cohort: CohortFilms,
  { seed, shares, splits, head }: Extract<CheckConfiguration, { kind: "siblings" }>,
): Promise<SiblingsResult> {
  const { images, groups, classes } = cohort;
  const films = { labels: images.label, groups, classes: classes.length };
  const seeds = Array.from({ length: splits }, (_, at) => deriveSeed(seed, at));
  const drawn = seeds.flatMap((own) => {
    const arms = drawArms(films, shares, own);
    return arms ? [{ ...arms, seed: own }] : [];
  });
  if (drawn.length === 0) {
    throw new TaskFailed("No split leaves every class a patient who is in training alone.");
  }
  await loadLook(place, cohort, head);
  const tasks = drawn.flatMap(({ withSiblings, withoutSiblings, seed: own }) => {
    // The same first weights for both.
    const training = { ...head.training, seed: own };
    return [withSiblings, withoutSiblings].map((train) => ({ training, train, validation: [] }));
  });
  const results = await trainHeads(place, tasks, "heads");
  const scored = drawn.map(({ test, leaked }, at): ScoredArms => {
    const of = (result: HeadResult | undefined) =>
      gatherRows(result?.probabilities ?? new Float32Array(), classes.length, test);
    const probabilities = { withSiblings: of(results[2 * at]), withoutSiblings: of(results[2 * at + 1]) };
    return { test, leaked, probabilities };
  });
  const mean = (of: (arms: (typeof drawn)[number]) => number) =>
    drawn.reduce((sum, arms) => sum + of(arms), 0) / drawn.length;
  return {
    classes: [...classes],
    network: head.network,
    weights: head.weights?.name ?? null,
    splits: drawn.length,
    leftOut: splits - drawn.length,
    images: images.sha256.length,
    patients: new Set(groups).size,
    trained: {
      images: mean(({ withoutSiblings }) => withoutSiblings.length),
      removed: mean(({ removed }) => removed),
    },
    sets: siblingCost(scored, films, { seed }),
  };
}
