import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { z } from "zod";
import { loadEngine } from "../engine";
import { pooledFeatures } from "../predict";
import reference from "../reference/fine_tuning.json";
import { denseNetByFormula, efficientNetByFormula, wave } from "../reference/formula";
import { denseNet121Network } from "./densenet121";
import { efficientNetLite0, efficientNetLite0Network } from "./efficientnet-lite0";
import { trainableBase } from "./trainable-base";

// Keras 3.15.1 on TensorFlow 2.21.0, by reference/fine_tuning.py.
const told = z.object({
  features: z.array(z.number()),
  gradients: z.record(z.string(), z.tuple([z.number(), z.number()])),
});
const keras = z.object({ densenet121: told, "efficientnet-lite0": told }).parse(reference);

const networks = {
  densenet121: {
    network: denseNet121Network(),
    weights: denseNetByFormula,
    images: () => wave(2 * 224 * 224 * 3, 1000),
  },
  "efficientnet-lite0": {
    network: efficientNetLite0Network,
    weights: efficientNetByFormula,
    images: () => wave(2 * 224 * 224 * 3, 1000).map((u) => u * 2 - 1),
  },
};

const native = await loadEngine("native").then(
  () => true,
  () => false,
);
/**
 * Relative to a gradient's length. Another order of sums opens or shuts a unit at the edge of its ReLU here and
 * there; one of 50,000 turns a gradient by 1 ÷ √50,000, 0.4%.
 */
const sharp = { length: 1e-3, direction: 5e-3 };
/** Through all of Lite0 with these weights, Keras' own gradients move that much for pixels moved by 1e-6. */
const through = { length: 2e-2, direction: 5e-2 };

const cases = [
  { name: "densenet121", engine: "native", from: null, moves: [""], tolerance: sharp },
  { name: "densenet121", engine: "native", from: "conv5", moves: ["conv5", "bn"], tolerance: sharp },
  { name: "densenet121", engine: "wasm", from: "conv5", moves: ["conv5", "bn"], tolerance: sharp },
  { name: "efficientnet-lite0", engine: "native", from: null, moves: [""], tolerance: through },
  {
    name: "efficientnet-lite0",
    engine: "native",
    from: "block7",
    moves: ["block7", "top"],
    tolerance: sharp,
  },
  { name: "efficientnet-lite0", engine: "wasm", from: "block7", moves: ["block7", "top"], tolerance: sharp },
] as const;

test.for(cases)("gradients of $name from $from on are Keras', on $engine", async (asked, { skip }) => {
  const { name, engine, from, moves, tolerance } = asked;
  skip(engine === "native" && !native, "native TensorFlow is not installed");
  await loadEngine(engine);
  const { network, weights, images } = networks[name];
  const expected = keras[name];
  const base = await trainableBase({ network, weights: weights(), from });
  const { featureWidth } = base.spec;
  const before = tf.memory().numTensors;
  let features: ArrayLike<number> = [];
  const gradients = base.gradients(images(), (own) => {
    features = own;
    return wave(2 * featureWidth, 1001).map((u) => u - 0.5);
  });
  expect(tf.memory().numTensors).toBe(before);
  base.dispose();

  expected.features.forEach((value, index) => {
    expect(Math.abs((features[featureWidth + index * 64] ?? Number.NaN) - value)).toBeLessThan(1e-4);
  });
  // Keras lists a block's layers in another order.
  const moved = Object.keys(expected.gradients).filter((weight) =>
    moves.some((stage) => weight.startsWith(stage)),
  );
  expect(base.weights.map((weight) => weight.name).sort()).toEqual(moved.sort());
  base.weights.forEach(({ name }, index) => {
    const gradient = gradients[index] ?? new Float32Array();
    const [length = 0, product = 0] = expected.gradients[name] ?? [];
    const own = Math.sqrt(gradient.reduce((sum, slope) => sum + slope ** 2, 0));
    expect(Math.abs(own / length - 1), name).toBeLessThan(tolerance.length);
    const mixed = wave(gradient.length, 7).reduce((sum, u, at) => sum + (u - 0.5) * (gradient[at] ?? 0), 0);
    expect(Math.abs(mixed - product), name).toBeLessThan(tolerance.direction * length);
  });
});

test("moves go into every later use, and all weights tell them", async () => {
  const { network, weights } = networks["efficientnet-lite0"];
  const given = weights();
  const base = await trainableBase({ network, weights: given, from: "top" });
  const images = wave(224 * 224 * 3, 1000);
  const before = base.features(images);
  for (const { values } of base.weights)
    values.forEach((value, at) => {
      values[at] = value * 1.5;
    });
  const after = base.features(images);
  expect(after).not.toEqual(before);
  const frozen = efficientNetLite0(base.allWeights());
  const again = pooledFeatures(frozen, images, 1);
  after.forEach((value, at) => {
    expect(Math.abs(value - (again[at] ?? Number.NaN))).toBeLessThan(1e-4);
  });
  expect(given).toEqual(weights());
  frozen.dispose();
  base.dispose();
});

test("a stage that a network does not have is named", async () => {
  const { network, weights } = networks["efficientnet-lite0"];
  await expect(trainableBase({ network, weights: weights(), from: "conv5" })).rejects.toThrow(
    "no stage conv5",
  );
});
