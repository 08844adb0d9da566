import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { z } from "zod";
import { loadEngine } from "../engine";
import reference from "../reference/fine_tuning.json";
import { denseNetByFormula, wave } from "../reference/formula";
import { denseNet121Network } from "./densenet121";
import { trainableBase } from "./trainable-base";

// Keras 3.15.1 on TensorFlow 2.21.0, by reference/fine_tuning.py.
const keras = z
  .object({
    features: z.array(z.number()),
    gradients: z.record(z.string(), z.tuple([z.number(), z.number()])),
  })
  .parse(reference);

const native = await loadEngine("native").then(
  () => true,
  () => false,
);
/** Relative. Another order of sums opens and shuts a few ReLUs, which adds up towards the first layers. */
const tolerance = 5e-4;

const engines = [
  { engine: "native" as const, from: null, there: native },
  { engine: "native" as const, from: "conv5", there: native },
  { engine: "wasm" as const, from: "conv5", there: true },
];

test.for(engines)(
  "gradients from $from on are Keras', on $engine",
  async ({ engine, from, there }, { skip }) => {
    skip(!there, "native TensorFlow is not installed");
    await loadEngine(engine);
    const base = await trainableBase({ network: denseNet121Network(), weights: denseNetByFormula(), from });
    const before = tf.memory().numTensors;
    let features: ArrayLike<number> = [];
    const gradients = base.gradients(wave(2 * 224 * 224 * 3, 1000), (own) => {
      features = own;
      return wave(2 * 1024, 1001).map((u) => u - 0.5);
    });
    expect(tf.memory().numTensors).toBe(before);
    base.dispose();

    keras.features.forEach((expected, index) => {
      expect(Math.abs((features[1024 + index * 64] ?? Number.NaN) - expected)).toBeLessThan(1e-4);
    });
    const names = Object.keys(keras.gradients);
    const moved = from === null ? names : names.slice(names.findIndex((name) => name.startsWith(from)));
    expect(base.weights.map(({ name }) => name)).toEqual(moved);
    base.weights.forEach(({ name }, index) => {
      const gradient = gradients[index] ?? new Float32Array();
      const [length = 0, product = 0] = keras.gradients[name] ?? [];
      expect(
        Math.abs(Math.sqrt(gradient.reduce((sum, slope) => sum + slope ** 2, 0)) / length - 1),
        name,
      ).toBeLessThan(tolerance);
      const mixed = wave(gradient.length, 7).reduce((sum, u, at) => sum + (u - 0.5) * (gradient[at] ?? 0), 0);
      expect(Math.abs(mixed - product), name).toBeLessThan(tolerance * length);
    });
  },
);
