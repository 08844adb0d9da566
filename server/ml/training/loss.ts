export const lossNames = ["binary-crossentropy", "categorical-crossentropy"] as const;

/**
 * How a row of probabilities is compared with its label.
 *
 * "binary-crossentropy" is the textbook's, of the probabilities that softmax gave: what Keras computed when the
 * published study was made (2020). Keras 3 with the same two words computes something else without saying so: it
 * finds the scores that its softmax left on the tensor and takes the sigmoid's loss of those
 * (reference/head_training.py shows both). Who repeats the study there has to take them off by `tf.identity`.
 */
export type LossName = (typeof lossNames)[number];

/** Keras' epsilon: probabilities are clipped to [ε, 1 − ε] before the logarithm. */
const epsilon = 1e-7;

/**
 * The loss of one image and, written into `byLogit` [classes], its gradient by the scores before softmax.
 * "binary-crossentropy" is the mean over the output units of −y·ln p − (1 − y)·ln(1 − p) with one-hot y, as
 * Keras computes it behind a softmax layer; "categorical-crossentropy" is −ln p of the label. Where clipping
 * takes hold the gradient is zero, as in Keras.
 */
export function lossAndGradient(
  probabilities: Float64Array,
  label: number,
  name: LossName,
  byLogit: Float64Array,
): number {
  return name === "categorical-crossentropy"
    ? categorical(probabilities, label, byLogit)
    : binary(probabilities, label, byLogit);
}

function categorical(probabilities: Float64Array, label: number, byLogit: Float64Array): number {
  byLogit.set(probabilities);
  byLogit[label] = (byLogit[label] ?? 0) - 1;
  return -Math.log(clip(probabilities[label] ?? 0));
}

function binary(probabilities: Float64Array, label: number, byLogit: Float64Array): number {
  const units = probabilities.length;
  let loss = 0;
  let mean = 0;
  for (let unit = 0; unit < units; unit++) {
    const raw = probabilities[unit] ?? 0;
    const p = clip(raw);
    loss -= Math.log(unit === label ? p : 1 - p);
    const byProbability = p !== raw ? 0 : unit === label ? -1 / (p * units) : 1 / ((1 - p) * units);
    byLogit[unit] = byProbability;
    mean += byProbability * raw;
  }
  // Through softmax: dL/dz = p · (dL/dp − Σ p · dL/dp).
  for (let unit = 0; unit < units; unit++) {
    byLogit[unit] = (probabilities[unit] ?? 0) * ((byLogit[unit] ?? 0) - mean);
  }
  return loss / units;
}

function clip(p: number): number {
  return Number.isNaN(p) ? p : Math.min(Math.max(p, epsilon), 1 - epsilon);
}
