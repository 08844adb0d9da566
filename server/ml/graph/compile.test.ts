import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { loadEngine } from "../engine";
import { wave } from "../reference/formula";
import { compile } from "./compile";
import { trace } from "./trace";

const native = await loadEngine("native").then(
  () => true,
  () => false,
);

describe.skipIf(!native)("a compiled function", () => {
  beforeAll(async () => {
    await loadEngine("native");
  });

  test("gives what it gives operation by operation, for any number of images", async () => {
    const filter = wave(3 * 3 * 2 * 4, 2);
    const layer = ([images]: tf.Tensor[]) => {
      const x = tf.reshape<tf.Rank.R4>(images ?? tf.scalar(0), [-1, 6, 6, 2]);
      const y = tf.relu(tf.conv2d(x, tf.tensor4d(filter, [3, 3, 2, 4]), 2, "same"));
      const both = tf.concat([tf.avgPool(y, 3, 1, "valid"), tf.maxPool(y, 3, 1, "valid")], 3);
      return [both, tf.mean(tf.pad(both, new Array(4).fill([0, 1])), [1, 2])];
    };
    const compiled = await compile(layer, [[null, 6, 6, 2]]);
    for (const count of [1, 3]) {
      const images = tf.tensor4d(wave(count * 72, 1), [count, 6, 6, 2]);
      const expected = layer([images]);
      const tensors = tf.memory().numTensors;
      const results = compiled.run([images]);
      expect(results.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
      results.forEach((result, index) => {
        expectClose(result.dataSync(), expected[index]?.dataSync() ?? []);
      });
      tf.dispose(results);
      expect(tf.memory().numTensors).toBe(tensors);
      tf.dispose([images, expected]);
    }
    compiled.dispose();
    expect(() => compiled.run([])).toThrow();
  });

  test("refuses inputs of another shape", async () => {
    const compiled = await compile(([x]) => [tf.relu(x ?? tf.scalar(0))], [[null, 2]]);
    expect(() => compiled.run([tf.zeros([3, 5])])).toThrow("The graph takes [n, 2], not [3, 5]");
    compiled.dispose();
  });
});

test("tracing computes nothing, leaves no tensor and the backend as it was", async () => {
  await loadEngine("wasm");
  const tensors = tf.memory().numTensors;
  const { graph } = trace(([x]) => [tf.relu(tf.mul(x ?? tf.scalar(0), 2))], [[null, 4]]);
  expect([...graph.nodes.values()].map(({ op }) => op)).toEqual(expect.arrayContaining(["Mul", "Relu"]));
  expect(tf.memory().numTensors).toBe(tensors);
  expect(tf.getBackend()).toBe("wasm");
});

test.each([
  {
    what: "a tensor from outside",
    compute: (x: tf.Tensor) => tf.add(x, outside),
    says: "made outside",
  },
  { what: "reading numbers", compute: (x: tf.Tensor) => tf.scalar(x.dataSync()[0] ?? 0), says: "no numbers" },
  {
    what: "a constant as large as the batch",
    compute: (x: tf.Tensor) => tf.ones(x.shape),
    says: "open batch",
  },
  { what: "an operation that it does not know", compute: (x: tf.Tensor) => tf.erf(x), says: "Erf" },
])("tracing refuses $what and leaves the backend as it was", async ({ compute, says }) => {
  expect(() => trace(([x]) => [compute(x ?? outside)], [[null, 4]])).toThrow(says);
  expect(tf.getBackend()).toBe("wasm");
});

await loadEngine("wasm");
const outside = tf.scalar(1);

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual).toHaveLength(expected.length);
  Array.from(expected).forEach((value, index) => {
    expect(Math.abs((actual[index] ?? Number.NaN) - value)).toBeLessThan(1e-5);
  });
}
