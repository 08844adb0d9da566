import { type Folds, foldRows } from "@/server/ml/folded";
import { patientSplit } from "@/server/splits/patient-split";
import type { RunConfiguration } from "../schema";
import type { CohortFilms } from "./cohort-films";
import { trainHeads, type Workplace } from "./workplace";

/** Heads of an answer to whose label is wrong. */
export const folds = 5;

/** Five folds of whole groups, each with its share of every class. */
export function patientFolds({ images, groups, groupCount, classes }: CohortFilms, seed: number): Folds {
  const strata = { of: images.label, count: classes.length };
  const even = new Array(folds).fill(1);
  return { of: patientSplit({ of: groups, count: groupCount }, strata, even, seed), count: folds };
}

/**
 * Trains one head a fold on what the hands hold.
 * @returns [images, classes]: each image's probabilities by the head that did not see its fold
 * @throws TaskFailed, ChildDied
 */
export async function outOfFold(
  place: Pick<Workplace, "checkId" | "hands" | "signal">,
  classes: readonly string[],
  ofFolds: Folds,
  { training }: Pick<RunConfiguration, "training">,
  phase: string,
): Promise<Float32Array> {
  const rows = Array.from({ length: ofFolds.count }, (_, fold) => foldRows(ofFolds, fold));
  const tasks = rows.map(({ others }) => ({ training, train: others, validation: [] }));
  const heads = await trainHeads(place, tasks, phase);
  const width = classes.length;
  return Float32Array.from({ length: ofFolds.of.length * width }, (_, at) => {
    return heads[ofFolds.of[Math.floor(at / width)] ?? 0]?.probabilities[at] ?? 0;
  });
}
