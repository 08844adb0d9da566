import { confusionMatrix } from "@/server/ml/confusion";
import { metricsOf, predictedClasses } from "@/server/ml/metrics";
import { gatherLabels, gatherRows } from "@/server/ml/training/gather";
import type { PartFigures } from "./schema";

/**
 * Figures of the images `rows` among all those that `probabilities` [images, classes] speak of. Of two classes
 * the first is the positive one, as everywhere.
 */
export function figuresOf(
  labels: Int32Array,
  probabilities: Float32Array,
  classes: number,
  rows: readonly number[],
): PartFigures {
  const scored = {
    labels: gatherLabels(labels, rows),
    probabilities: gatherRows(probabilities, classes, rows),
    classes,
    positive: 0,
  };
  const { counts } = confusionMatrix(scored.labels, predictedClasses(scored), classes);
  return {
    images: rows.length,
    confusion: Array.from({ length: classes }, (_, truth) =>
      Array.from(counts.subarray(truth * classes, (truth + 1) * classes)),
    ),
    metrics: metricsOf(scored)(),
  };
}
