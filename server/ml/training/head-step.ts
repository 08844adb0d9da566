import { type Head, softmax } from "../head";
import { largestAt } from "../largest";
import { outerSum, product } from "../products";
import { type LossName, lossAndGradient } from "./loss";
import { addPenalty, type Penalty } from "./penalty";

export type HeadBatch = {
  readonly features: Float32Array; // [n, width]
  readonly labels: Int32Array; // [n]
  readonly classWeights: Float64Array; // [classes]
  readonly loss: LossName;
  readonly penalty?: Penalty;
  /** Factors of the hidden units, [n, hidden]: 0 for a unit left out, 1 ÷ (1 − rate) else; null for no dropout. */
  readonly mask: Float32Array | null;
};

export type HeadGradients = {
  /** In the order of `headArrays`: hidden kernel and bias, output kernel and bias. */
  readonly byWeight: readonly [Float32Array, Float32Array, Float32Array, Float32Array];
  readonly byFeatures: Float32Array | null; // [n, width]
  /** Mean over the batch of class weight × loss, plus the penalty of the weights. */
  readonly loss: number;
  /** Rows whose largest probability is the label's. */
  readonly correct: number;
};

/**
 * One batch forward and backward through the head, outside the engine: at this size that is faster than one
 * kernel call per operation, and the same on every engine. The gradient by the features is for training the
 * network below.
 */
export function headStep(head: Head, batch: HeadBatch, wantFeatures: boolean): HeadGradients {
  const { width, hidden, classes } = head;
  const rows = batch.labels.length;
  const activation = product(batch.features, head.hiddenKernel, width);
  rectify(activation, head.hiddenBias, batch.mask);
  const scores = product(activation, head.outputKernel, hidden);
  const probabilities = new Float64Array(classes);
  const byLogit = new Float64Array(classes);
  const byLogits = new Float32Array(rows * classes);
  let loss = 0;
  let correct = 0;
  for (let row = 0; row < rows; row++) {
    for (let unit = 0; unit < classes; unit++) {
      probabilities[unit] = (scores[row * classes + unit] ?? 0) + (head.outputBias[unit] ?? 0);
    }
    softmax(probabilities);
    const label = batch.labels[row] ?? 0;
    if (largestAt(probabilities) === label) correct++;
    const share = (batch.classWeights[label] ?? 1) / rows;
    loss += share * lossAndGradient(probabilities, label, batch.loss, byLogit);
    for (let unit = 0; unit < classes; unit++) byLogits[row * classes + unit] = (byLogit[unit] ?? 0) * share;
  }
  const byHidden = timesTransposed(byLogits, head.outputKernel, classes);
  shut(byHidden, activation, batch.mask);
  const byHiddenKernel = outerSum(batch.features, byHidden, rows);
  const byOutputKernel = outerSum(activation, byLogits, rows);
  if (batch.penalty) {
    loss += addPenalty(head.hiddenKernel, byHiddenKernel, batch.penalty);
    loss += addPenalty(head.outputKernel, byOutputKernel, batch.penalty);
  }
  return {
    byWeight: [byHiddenKernel, columnSums(byHidden, hidden), byOutputKernel, columnSums(byLogits, classes)],
    byFeatures: wantFeatures ? timesTransposed(byHidden, head.hiddenKernel, hidden) : null,
    loss,
    correct,
  };
}

/** Adds the bias and takes ReLU and dropout, in place. */
function rectify(activation: Float32Array, bias: Float32Array, mask: Float32Array | null): void {
  for (let at = 0; at < activation.length; at++) {
    const value = (activation[at] ?? 0) + (bias[at % bias.length] ?? 0);
    // Written so that NaN stays NaN: Math.max and a test for > 0 would hide it from the loss.
    activation[at] = value <= 0 ? 0 : value * (mask?.[at] ?? 1);
  }
}

/** Back through ReLU and dropout, in place: a unit that gave nothing gets nothing. */
function shut(gradient: Float32Array, activation: Float32Array, mask: Float32Array | null): void {
  for (let at = 0; at < gradient.length; at++) {
    gradient[at] = (activation[at] ?? 0) > 0 ? (gradient[at] ?? 0) * (mask?.[at] ?? 1) : 0;
  }
}

/** gradient [rows, units] · kernelᵀ for kernel [inputs, units], [rows, inputs]. */
function timesTransposed(gradient: Float32Array, kernel: Float32Array, units: number): Float32Array {
  const [rows, inputs] = [gradient.length / units, kernel.length / units];
  const result = new Float32Array(rows * inputs);
  for (let row = 0; row < rows; row++) {
    for (let input = 0; input < inputs; input++) {
      let sum = 0;
      for (let unit = 0; unit < units; unit++) {
        sum += (gradient[row * units + unit] ?? 0) * (kernel[input * units + unit] ?? 0);
      }
      result[row * inputs + input] = sum;
    }
  }
  return result;
}

function columnSums(values: Float32Array, columns: number): Float32Array {
  const sums = new Float64Array(columns);
  for (let at = 0; at < values.length; at++) {
    sums[at % columns] = (sums[at % columns] ?? 0) + (values[at] ?? 0);
  }
  return Float32Array.from(sums);
}
