import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startWasm } from "./wasm";

// Reference: @tensorflow/tfjs-backend-cpu 4.22, which has all of these gradients in plain JavaScript.
type Case = { size: [number, number]; kernel: [number, number]; channels: [number, number]; stride: number };
const cases: Case[] = [
  { size: [5, 5], kernel: [3, 3], channels: [2, 3], stride: 1 },
  { size: [6, 7], kernel: [3, 3], channels: [2, 3], stride: 2 },
  { size: [7, 7], kernel: [5, 3], channels: [1, 4], stride: 2 },
  { size: [8, 8], kernel: [1, 1], channels: [4, 2], stride: 2 },
  { size: [9, 6], kernel: [2, 2], channels: [3, 5], stride: 1 },
  { size: [11, 10], kernel: [4, 3], channels: [2, 2], stride: 3 },
  { size: [16, 16], kernel: [7, 7], channels: [3, 8], stride: 2 },
];
const table = cases.flatMap((entry) =>
  (["same", "valid"] as const).map((padding) => ({ ...entry, padding })),
);

beforeAll(async () => {
  await startWasm();
});

describe.each([
  { kind: "convolution", convolve: tf.conv2d },
  { kind: "depthwise convolution", convolve: tf.depthwiseConv2d },
])("gradients of a $kind", ({ convolve }) => {
  test.each(table)(
    "agree with the JavaScript backend: $size, kernel $kernel, channels $channels, stride $stride, $padding",
    async ({ size, kernel, channels, stride, padding }) => {
      const gradients = async (backend: string) => {
        await tf.setBackend(backend);
        const before = tf.memory().numTensors;
        const result = tf.tidy(() => {
          const x = wave([2, ...size, channels[0]]);
          const filter = wave([...kernel, channels[0], channels[1]]);
          const weighted = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => {
            const y: tf.Tensor4D = convolve(
              tf.reshape<tf.Rank.R4>(a, x.shape),
              tf.reshape<tf.Rank.R4>(b, filter.shape),
              stride,
              padding,
            );
            return tf.mul(y, wave(y.shape));
          };
          return tf
            .grads(weighted)([x, filter])
            .map((gradient) => gradient.dataSync());
        });
        expect(tf.memory().numTensors).toBe(before);
        return result;
      };
      const expected = await gradients("cpu");
      const actual = await gradients("wasm");
      expected.forEach((side, i) => {
        expect(largestDifference(side, actual[i] ?? [])).toBeLessThan(1e-5);
      });
    },
  );
});

function wave(shape: [number, number, number, number]): tf.Tensor4D {
  const count = shape.reduce((a, b) => a * b, 1);
  return tf.tensor4d(
    Float32Array.from({ length: count }, (_, i) => 0.3 * Math.sin(1 + i * 0.7 + i * i * 0.01)),
    shape,
  );
}

function largestDifference(expected: ArrayLike<number>, actual: ArrayLike<number>): number {
  if (expected.length !== actual.length) return Number.POSITIVE_INFINITY;
  return Array.from(expected).reduce((worst, x, i) => Math.max(worst, Math.abs(x - (actual[i] ?? 0))), 0);
}
