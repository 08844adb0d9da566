import { ExpectedFailure } from "@/server/lib/errors";

/**
 * One weight per class: n ÷ (k · nᵢ) as scikit-learn's "balanced", or 1 for each. A class with no image
 * weighs 0.
 * @throws ExpectedFailure "invalid" when a label is outside 0 … classes − 1.
 */
export function classWeights(labels: Int32Array, classes: number, kind: "balanced" | "none"): Float64Array {
  const counts = new Float64Array(classes);
  for (const label of labels) {
    if (label < 0 || label >= classes) {
      throw new ExpectedFailure("invalid", `Label ${label} is outside the ${classes} classes of this run.`);
    }
    counts[label] = (counts[label] ?? 0) + 1;
  }
  if (kind === "none") return counts.fill(1);
  return counts.map((count) => (count > 0 ? labels.length / (classes * count) : 0));
}
