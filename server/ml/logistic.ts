/** A logistic regression on standardised features. */
export type Logistic = {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
  /** Intercept first. */
  readonly weights: Float64Array;
};

/**
 * Fits by Newton's method what scikit-learn's `StandardScaler` and `LogisticRegression(C=1)` do: the loss summed
 * over the images plus half the squared weights, the intercept free.
 * @param features [n, width], row by row
 * @param positive 1 or 0 per image
 * @param rows the images to fit on
 */
export function fitLogistic(
  features: Float64Array,
  width: number,
  positive: Uint8Array,
  rows: readonly number[],
): Logistic {
  const scale = standardOf(features, width, rows);
  const inputs = rows.map((row) => standardised(features, width, row, scale));
  const truths = rows.map((row) => positive[row] ?? 0);
  let weights: Float64Array = new Float64Array(width + 1);
  let loss = lossOf(inputs, truths, weights);
  for (let round = 0; round < mostRounds; round++) {
    const step = newtonStep(inputs, truths, weights);
    const next = descend(inputs, truths, weights, step, loss);
    const gain = loss - next.loss;
    [weights, loss] = [next.weights, next.loss];
    if (gain <= tolerance * Math.max(1, loss)) break;
  }
  return { ...scale, weights };
}

const mostRounds = 100;
const tolerance = 1e-12;

/** The log-odds of each image of `features` [n, width]. */
export function logOdds(model: Logistic, features: Float64Array, width: number): Float64Array {
  return Float64Array.from({ length: features.length / width }, (_, row) =>
    dot(standardised(features, width, row, model), model.weights),
  );
}

function standardOf(features: Float64Array, width: number, rows: readonly number[]) {
  const mean = new Float64Array(width);
  const deviation = new Float64Array(width);
  for (let column = 0; column < width; column++) {
    const own = rows.map((row) => features[row * width + column] ?? 0);
    const middle = own.reduce((sum, value) => sum + value, 0) / own.length;
    const variance = own.reduce((sum, value) => sum + (value - middle) ** 2, 0) / own.length;
    mean[column] = middle;
    deviation[column] = variance > 0 ? Math.sqrt(variance) : 1;
  }
  return { mean, deviation };
}

function standardised(
  features: Float64Array,
  width: number,
  row: number,
  { mean, deviation }: Pick<Logistic, "mean" | "deviation">,
): Float64Array {
  const input = new Float64Array(width + 1).fill(1);
  for (let column = 0; column < width; column++) {
    const value = features[row * width + column] ?? 0;
    input[column + 1] = (value - (mean[column] ?? 0)) / (deviation[column] ?? 1);
  }
  return input;
}

function lossOf(inputs: readonly Float64Array[], truths: readonly number[], weights: Float64Array): number {
  let loss = 0;
  for (let column = 1; column < weights.length; column++) loss += (weights[column] ?? 0) ** 2 / 2;
  inputs.forEach((input, at) => {
    const odds = dot(input, weights);
    // log(1 + e^z) − y·z, with the larger exponent taken out.
    loss += Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds))) - (truths[at] ?? 0) * odds;
  });
  return loss;
}

function newtonStep(inputs: readonly Float64Array[], truths: readonly number[], weights: Float64Array) {
  const size = weights.length;
  const gradient = new Float64Array(size);
  const hessian = Array.from({ length: size }, () => new Float64Array(size));
  inputs.forEach((input, at) => {
    const probability = 1 / (1 + Math.exp(-dot(input, weights)));
    const [error, curve] = [probability - (truths[at] ?? 0), probability * (1 - probability)];
    for (let i = 0; i < size; i++) {
      gradient[i] = (gradient[i] ?? 0) + error * (input[i] ?? 0);
      const [row, factor] = [hessian[i], curve * (input[i] ?? 0)];
      if (row) for (let j = 0; j <= i; j++) row[j] = (row[j] ?? 0) + factor * (input[j] ?? 0);
    }
  });
  for (let i = 1; i < size; i++) {
    gradient[i] = (gradient[i] ?? 0) + (weights[i] ?? 0);
    const row = hessian[i];
    if (row) row[i] = (row[i] ?? 0) + 1;
  }
  return solve(hessian, gradient);
}

/** Halves the step until it no longer climbs: from far away a whole one may overshoot. */
function descend(
  inputs: readonly Float64Array[],
  truths: readonly number[],
  weights: Float64Array,
  step: Float64Array,
  before: number,
): { readonly weights: Float64Array; readonly loss: number } {
  for (let share = 1; share > 1e-6; share /= 2) {
    const moved = weights.map((weight, at) => weight - share * (step[at] ?? 0));
    const loss = lossOf(inputs, truths, moved);
    if (loss <= before) return { weights: moved, loss };
  }
  return { weights, loss: before };
}

/** Solves a symmetric positive system, of which the lower half is given, by Cholesky's factors, in place. */
function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const cell = (row: number, column: number) => matrix[row]?.[column] ?? 0;
  const x = right.slice();
  matrix.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      let rest = row[j] ?? 0;
      for (let k = 0; k < j; k++) rest -= (row[k] ?? 0) * cell(j, k);
      // Separable classes leave the intercept next to no curvature.
      row[j] = i === j ? Math.sqrt(Math.max(rest, 1e-12)) : rest / cell(j, j);
    }
    let rest = x[i] ?? 0;
    for (let k = 0; k < i; k++) rest -= (row[k] ?? 0) * (x[k] ?? 0);
    x[i] = rest / (row[i] ?? 1);
  });
  for (let i = x.length - 1; i >= 0; i--) {
    let rest = x[i] ?? 0;
    for (let k = i + 1; k < x.length; k++) rest -= cell(k, i) * (x[k] ?? 0);
    x[i] = rest / cell(i, i);
  }
  return x;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
