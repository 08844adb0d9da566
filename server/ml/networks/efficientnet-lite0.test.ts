import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { loadEngine } from "../engine";
import { sizeOf } from "../named-array";
import { pooledFeatures } from "../predict";
import { efficientNetByFormula, wave } from "../reference/formula";
import { compiledBase } from "./compiled-base";
import { efficientNetLite0, efficientNetLite0Spec } from "./efficientnet-lite0";
import { efficientNetLite0Weights } from "./efficientnet-lite0-layers";

const native = await loadEngine("native").then(
  () => true,
  () => false,
);

test("has the parameters of EfficientNet-Lite0 without its top", () => {
  const learned = efficientNetLite0Weights.filter(({ name }) => !name.includes("/moving_"));
  expect(learned.reduce((sum, { shape }) => sum + sizeOf(shape), 0)).toBe(3_371_008);
  expect(efficientNetLite0Spec.parameters).toBe(3_371_008);
});

test.for([
  { engine: "wasm" as const, there: true },
  { engine: "native" as const, there: native },
])(
  "gives the pooled features that PyTorch gives for the same weights and image on $engine",
  async ({ engine, there }, { skip }) => {
    skip(!there, "native TensorFlow is not installed");
    await loadEngine(engine);
    // reference/efficientnet_lite0.py: efficientnet-lite-pytorch 0.1.0 on PyTorch 1.13.1; every 40th of 1,280.
    const pytorch = [
      0.5062901, 3.375565, 0.1439464, 0.2654228, 0.0, 0.8866837, 0.198867, 2.926772, 2.253573, 5.069298,
      0.1719964, 0.4179569, 1.713394, 3.790849, 0.8849007, 1.186262, 0.9531221, 2.185334, 1.580935, 0.0, 0.0,
      4.589859, 2.977694, 2.003955, 0.7658179, 3.049145, 1.22472, 0.1799258, 2.223852, 3.417632, 4.033913,
      4.924756,
    ];
    const base = await compiledBase(efficientNetLite0Spec, () => efficientNetLite0(efficientNetByFormula()));
    const tensors = tf.memory().numTensors;
    const features = pooledFeatures(base, image());
    expect(tf.memory().numTensors).toBe(tensors);
    pytorch.forEach((expected, i) => {
      expect(Math.abs((features[i * 40] ?? Number.NaN) - expected)).toBeLessThan(1e-4);
    });
    expect(Math.hypot(...features)).toBeCloseTo(87.441116, 3);
    base.dispose();
  },
);

test("names the weight that is missing", () => {
  expect(() => efficientNetLite0(efficientNetByFormula().slice(1))).toThrow("stem_conv/kernel");
});

function image(): Float32Array {
  return wave(224 * 224 * 3, 1000).map((u) => u * 2 - 1);
}
