import * as tf from "@tensorflow/tfjs-core";

/**
 * Multiplies, convolves and takes a gradient on the current backend, and compares with sums done by hand, so
 * that a broken build is found before a run trusts it.
 * @throws Error that names the operation whose numbers are wrong.
 */
export function checkHealth(): void {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const left = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    const right = tf.tensor2d([5, 6, 7, 8], [2, 2]);
    expectNumbers("matrix product", tf.matMul(left, right), [19, 22, 43, 50]);

    const image = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    const filter = tf.tensor4d([1, 2, 3, 4], [2, 2, 1, 1]);
    const convolve = (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
      tf.conv2d(tf.reshape<tf.Rank.R4>(x, image.shape), tf.reshape<tf.Rank.R4>(w, filter.shape), 1, "valid");
    expectNumbers("convolution", convolve(image, filter), [37, 47, 67, 77]);

    const [byImage, byFilter] = tf.grads(convolve)([image, filter]);
    expectNumbers("gradient of a convolution's input", byImage, [1, 3, 2, 4, 10, 6, 3, 7, 4]);
    expectNumbers("gradient of a convolution's filter", byFilter, [12, 16, 24, 28]);
  });
  const left = tf.memory().numTensors - before;
  if (left !== 0) throw new Error(`the engine leaves ${left} tensors behind`);
}

function expectNumbers(operation: string, result: tf.Tensor | undefined, expected: readonly number[]): void {
  const actual = result ? Array.from(result.dataSync()) : [];
  const same =
    actual.length === expected.length && actual.every((x, i) => Math.abs(x - (expected[i] ?? 0)) < 1e-4);
  if (!same) throw new Error(`${operation}: expected ${expected}, got ${actual}`);
}
