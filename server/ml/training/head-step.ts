import { dense, type Head, softmax } from "../head";
import { largestAt } from "../largest";
import { type LossName, lossAndGradient } from "./loss";

export type HeadBatch = {
  readonly features: Float32Array; // [n, width]
  readonly labels: Int32Array; // [n]
  readonly classWeights: Float64Array; // [classes]
  readonly loss: LossName;
  /** Factors of the hidden units, [n, hidden]: 0 for a unit left out, 1 ÷ (1 − rate) else; null for no dropout. */
  readonly mask: Float32Array | null;
};

export type HeadGradients = {
  /** In the order of `headArrays`: hidden kernel and bias, output kernel and bias. */
  readonly byWeight: readonly [Float32Array, Float32Array, Float32Array, Float32Array];
  readonly byFeatures: Float32Array | null; // [n, width]
  /** Mean over the batch of class weight × loss. */
  readonly loss: number;
  /** Rows whose largest probability is the label's. */
  readonly correct: number;
};

/**
 * One batch forward and backward through the head in plain arrays: at this size that is faster than one
 * kernel call per operation, and the same on every engine. The gradient by the features is for training the
 * network below, and costs as much again.
 */
export function headStep(head: Head, batch: HeadBatch, wantFeatures: boolean): HeadGradients {
  const { width, hidden, classes } = head;
  const rows = batch.labels.length;
  const byHiddenKernel = new Float32Array(head.hiddenKernel.length);
  const byHiddenBias = new Float32Array(hidden);
  const byOutputKernel = new Float32Array(head.outputKernel.length);
  const byOutputBias = new Float32Array(classes);
  const byFeatures = wantFeatures ? new Float32Array(rows * width) : null;
  const activation = new Float64Array(hidden);
  const byHiddenOfAll = new Float64Array(rows * hidden);
  const probabilities = new Float64Array(classes);
  const byLogit = new Float64Array(classes);
  let loss = 0;
  let correct = 0;

  for (let row = 0; row < rows; row++) {
    const input = batch.features.subarray(row * width, (row + 1) * width);
    const mask = batch.mask?.subarray(row * hidden, (row + 1) * hidden) ?? null;
    const label = batch.labels[row] ?? 0;
    dense(input, head.hiddenKernel, head.hiddenBias, activation);
    rectify(activation, mask);
    dense(activation, head.outputKernel, head.outputBias, probabilities);
    softmax(probabilities);
    if (largestAt(probabilities) === label) correct++;

    const share = (batch.classWeights[label] ?? 1) / rows;
    loss += share * lossAndGradient(probabilities, label, batch.loss, byLogit);
    for (let unit = 0; unit < classes; unit++) byLogit[unit] = (byLogit[unit] ?? 0) * share;

    addOuter(activation, byLogit, byOutputKernel, byOutputBias);
    const byHidden = byHiddenOfAll.subarray(row * hidden, (row + 1) * hidden);
    backThrough(byLogit, head.outputKernel, byHidden);
    for (let unit = 0; unit < hidden; unit++) {
      const open = (activation[unit] ?? 0) > 0;
      byHidden[unit] = open ? (byHidden[unit] ?? 0) * (mask?.[unit] ?? 1) : 0;
    }
    if (byFeatures)
      backThrough(byHidden, head.hiddenKernel, byFeatures.subarray(row * width, (row + 1) * width));
  }
  addOuterOfAll(batch.features, byHiddenOfAll, rows, byHiddenKernel, byHiddenBias);
  return {
    byWeight: [byHiddenKernel, byHiddenBias, byOutputKernel, byOutputBias],
    byFeatures,
    loss,
    correct,
  };
}

function rectify(activation: Float64Array, mask: Float32Array | null): void {
  for (let unit = 0; unit < activation.length; unit++) {
    const value = activation[unit] ?? 0;
    // Written so that NaN stays NaN: Math.max and a test for > 0 would hide it from the loss.
    activation[unit] = value <= 0 ? 0 : value * (mask?.[unit] ?? 1);
  }
}

/** Adds input ⊗ gradient to a kernel's gradient [inputs, units], and the gradient to its bias'. */
function addOuter(
  input: Float32Array | Float64Array,
  gradient: Float64Array,
  byKernel: Float32Array,
  byBias: Float32Array,
): void {
  const units = gradient.length;
  for (let unit = 0; unit < units; unit++) byBias[unit] = (byBias[unit] ?? 0) + (gradient[unit] ?? 0);
  for (let i = 0, at = 0; i < input.length; i++, at += units) {
    const value = input[i] ?? 0;
    if (value === 0) continue;
    for (let unit = 0; unit < units; unit++) {
      byKernel[at + unit] = (byKernel[at + unit] ?? 0) + value * (gradient[unit] ?? 0);
    }
  }
}

/**
 * The same for all rows, inputs [rows, n] and gradients [rows, units], four rows at a time: the first layer's
 * gradient is most of the work of a step.
 */
function addOuterOfAll(
  inputs: Float32Array,
  gradients: Float64Array,
  rows: number,
  byKernel: Float32Array,
  byBias: Float32Array,
): void {
  const [width, units] = [inputs.length / rows, gradients.length / rows];
  const whole = rows - (rows % 4);
  for (let row = 0; row < whole; row += 4) {
    const [xA, xB, xC, xD] = [row * width, (row + 1) * width, (row + 2) * width, (row + 3) * width];
    const [gA, gB, gC, gD] = [row * units, (row + 1) * units, (row + 2) * units, (row + 3) * units];
    for (let i = 0, at = 0; i < width; i++, at += units) {
      const [a, b] = [inputs[xA + i] ?? 0, inputs[xB + i] ?? 0];
      const [c, d] = [inputs[xC + i] ?? 0, inputs[xD + i] ?? 0];
      for (let unit = 0; unit < units; unit++) {
        byKernel[at + unit] =
          (byKernel[at + unit] ?? 0) +
          a * (gradients[gA + unit] ?? 0) +
          b * (gradients[gB + unit] ?? 0) +
          c * (gradients[gC + unit] ?? 0) +
          d * (gradients[gD + unit] ?? 0);
      }
    }
  }
  for (let row = whole; row < rows; row++) {
    const own = gradients.subarray(row * units, (row + 1) * units);
    addOuter(inputs.subarray(row * width, (row + 1) * width), own, byKernel, new Float32Array(units));
  }
  gradients.forEach((gradient, at) => {
    byBias[at % units] = (byBias[at % units] ?? 0) + gradient;
  });
}

/** Writes kernel [inputs, units] · gradient [units] into `byInput` [inputs]. */
function backThrough(
  gradient: Float64Array,
  kernel: Float32Array,
  byInput: Float32Array | Float64Array,
): void {
  const units = gradient.length;
  for (let i = 0, at = 0; i < byInput.length; i++, at += units) {
    let sum = 0;
    for (let unit = 0; unit < units; unit++) sum += (kernel[at + unit] ?? 0) * (gradient[unit] ?? 0);
    byInput[i] = sum;
  }
}
