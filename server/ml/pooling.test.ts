import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { loadEngine } from "./engine";
import { poolTensor } from "./pool-tensor";
import { type Pooling, pooledWidth, poolMap, windowsOf } from "./pooling";
import { wave } from "./reference/formula";

beforeAll(async () => {
  await loadEngine("wasm");
});

// Expected: Keras 3.15.1's AveragePooling2D(4) and Flatten, by reference/cam.py.
test("average pooling 4 × 4 of a map of 5 × 9 is Keras', as a tensor and in plain arrays", () => {
  const values = wave(90, 20).map((u) => Math.max(u - 0.3, 0));
  const expected = [0.13932179, 0.27344844, 0.20673522, 0.20091292];
  const pooling = "avgpool4x4-flatten";
  const plain = poolMap(values, windowsOf(pooling, 5, 9));
  const tensor = tf.tidy(() => poolTensor(tf.tensor4d(values, [1, 5, 9, 2]), pooling).dataSync());
  expect([plain.length, tensor.length]).toEqual([4, 4]);
  expected.forEach((value, at) => {
    expect(plain[at]).toBeCloseTo(value, 6);
    expect(tensor[at]).toBeCloseTo(value, 6);
  });
});

test("of DenseNet's 7 × 7 map it sees only the top-left 4 × 4", () => {
  const seen = Array.from(windowsOf("avgpool4x4-flatten", 7, 7).of.entries()).filter(
    ([, window]) => window === 0,
  );
  expect(seen.map(([cell]) => cell)).toEqual([0, 1, 2, 3, 7, 8, 9, 10, 14, 15, 16, 17, 21, 22, 23, 24]);
});

test.each<{ pooling: Pooling; width: number }>([
  { pooling: "gap", width: 64 },
  { pooling: "avgpool4x4-flatten", width: 576 },
])(
  "$pooling makes $width features of a map of 12 × 12 × 64, the same for each of a batch",
  ({ pooling, width }) => {
    const size = 12 * 12 * 64;
    const maps = wave(2 * size, 3);
    expect(pooledWidth(pooling, { height: 12, width: 12, channels: 64 })).toBe(width);
    const both = tf.tidy(() => poolTensor(tf.tensor4d(maps, [2, 12, 12, 64]), pooling).dataSync());
    const second = poolMap(maps.subarray(size), windowsOf(pooling, 12, 12));
    expect(both.length).toBe(2 * width);
    second.forEach((value, at) => {
      expect(both[width + at]).toBeCloseTo(value, 5);
    });
  },
);

test("a map smaller than a window is refused", () => {
  expect(() => windowsOf("avgpool4x4-flatten", 3, 7)).toThrow("3 × 7 has no window of 4 × 4");
});
