import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { loadEngine } from "../engine";
import { sizeOf } from "../named-array";
import { pooledFeatures } from "../predict";
import { denseNetByFormula, wave } from "../reference/formula";
import { compiledBase } from "./compiled-base";
import { denseNet121, denseNet121Spec } from "./densenet121";
import { denseNet121Weights } from "./densenet121-layers";

const native = await loadEngine("native").then(
  () => true,
  () => false,
);

test("has the parameters of Keras Applications' DenseNet-121 without its top", () => {
  expect(denseNet121Weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0)).toBe(7_037_504);
  expect(denseNet121Spec.parameters).toBe(7_037_504);
});

test.for([
  { engine: "wasm" as const, there: true },
  { engine: "native" as const, there: native },
])(
  "gives the pooled features that Keras gives for the same weights and image on $engine",
  async ({ engine, there }, { skip }) => {
    skip(!there, "native TensorFlow is not installed");
    await loadEngine(engine);
    // reference/densenet121.py: Keras 3.15.1 on TensorFlow 2.21.0; every 32nd of 1,024 features.
    const keras = [
      0.05270555, 1.621007, 4.914688, 0.1097206, 0, 0, 0.1953047, 0.9281761, 3.66043, 0.0005101858,
      0.01051958, 0.277936, 1.951703, 1.806663, 0, 0, 0, 0.07133812, 0, 0.1000666, 0, 0.7109883, 3.219778,
      4.60392, 0.5519131, 0.001317141, 4.231201, 0.1337455, 0.06501149, 0, 0.2005084, 0.7906825,
    ];
    const base = await compiledBase(denseNet121Spec, () => denseNet121(denseNetByFormula()));
    const tensors = tf.memory().numTensors;
    const features = pooledFeatures(base, wave(224 * 224 * 3, 1000));
    expect(tf.memory().numTensors).toBe(tensors);
    keras.forEach((expected, i) => {
      expect(Math.abs((features[i * 32] ?? Number.NaN) - expected)).toBeLessThan(1e-4);
    });
    expect(Math.hypot(...features)).toBeCloseTo(54.12901306, 3);
    base.dispose();
  },
);
