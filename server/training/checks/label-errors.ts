import type { LabelErrorsResult } from "@/server/integrity/label-error-schema";
import { confidentLearning } from "@/server/ml/confident-learning";
import type { CohortFilms } from "./cohort-films";
import { outOfFold, patientFolds } from "./out-of-fold";
import type { CheckConfiguration } from "./schema";
import { loadLook, type Workplace } from "./workplace";

/** What was predicted of each image by a head that never saw its patient, [images, classes]. */
export type CheckPredictions = {
  readonly images: CohortFilms["images"];
  readonly probabilities: Float32Array;
};

/**
 * Whose label is likely wrong? Heads on a frozen base, five folds by patient, and confident learning on what each
 * said of the fold that it did not see. The predictions are kept: a worklist ranks them anew.
 * @throws TaskFailed, ChildDied
 */
export async function checkLabelErrors(
  place: Workplace,
  films: CohortFilms,
  { seed, head }: Extract<CheckConfiguration, { kind: "label-errors" }>,
): Promise<{ readonly result: LabelErrorsResult; readonly predictions: CheckPredictions }> {
  const { classes, images, groups } = films;
  await loadLook(place, films, head);
  const folds = patientFolds(films, seed);
  const probabilities = await outOfFold(place, classes, folds, head, "heads");
  const predicted = { probabilities, labels: images.label, classes: classes.length };
  const { thresholds, counts, errors } = confidentLearning(predicted, "self-confidence");
  const result: LabelErrorsResult = {
    classes: [...classes],
    network: head.network,
    weights: head.weights?.name ?? null,
    images: images.label.length,
    patients: new Set(groups).size,
    folds: folds.count,
    thresholds: [...thresholds],
    counts: counts.map((row) => [...row]),
    errors: errors.length,
  };
  return { result, predictions: { images, probabilities } };
}
