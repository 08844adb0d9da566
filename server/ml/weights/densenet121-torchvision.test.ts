import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it, test } from "vitest";
import { loadEngine } from "../engine";
import { denseNet121 } from "../networks/densenet121";
import { pooledFeatures } from "../predict";
import { wave } from "../reference/formula";
import { torchvisionByFormula, torchxrayvisionByFormula } from "../reference/torchvision-state";
import { denseNet121Layout } from "./densenet121";
import { fitWeights } from "./fit";
import type { StoredArray } from "./stored";

// reference/densenet121_torch.py: torchvision 0.15.2 and torchxrayvision 1.5.7 on PyTorch 1.13.1; every 32nd of
// 1,024 features, and the SHA-256 of all their names and shapes.
const references = [
  {
    library: "torchvision",
    arrays: torchvisionByFormula,
    image: () => wave(224 * 224 * 3, 1000),
    names: "4669ebd3a9b93b46a07604ce8ca214e10d3332deb52b10adca0da43ec9df8f7a",
    classifier: [1000, 1024],
    features: [
      0.05270547, 1.621007, 4.914688, 0.1097206, 0.0, 0.0, 0.1953046, 0.9281753, 3.66043, 0.0005101494,
      0.01051957, 0.2779365, 1.951703, 1.806663, 0.0, 0.0, 0.0, 0.0713383, 0.0, 0.1000666, 0.0, 0.7109884,
      3.219779, 4.60392, 0.5519134, 0.00131714, 4.231202, 0.1337452, 0.06501142, 0.0, 0.2005082, 0.7906827,
    ],
  },
  {
    library: "torchxrayvision",
    arrays: torchxrayvisionByFormula,
    // A grey film: its one channel three times.
    image: () => wave(224 * 224 * 3, 1000).map((_, at, all) => all[at - (at % 3)] ?? 0),
    names: "73e651720720266f7b4b64f6662e75d56fd8642ad076a0cc82eefefd9d4e7fa3",
    classifier: [18, 1024],
    features: [
      0.06464056, 1.632404, 4.860681, 0.1083043, 0.0, 0.0, 0.177857, 0.8877233, 3.595454, 0.0, 0.0134115,
      0.259827, 2.116598, 1.839438, 0.0, 0.0, 0.0, 0.07562844, 0.0, 0.1119637, 0.0, 0.6967613, 3.174803,
      4.556944, 0.5351539, 0.0004366856, 4.121358, 0.1527039, 0.06459922, 0.0, 0.2076771, 0.8923057,
    ],
  },
];

beforeAll(async () => {
  await loadEngine("wasm");
});

describe.each(references)("$library's DenseNet-121", ({ arrays, image, names, classifier, features }) => {
  it("has the names and shapes that are known here", () => {
    const [outputs = 0] = classifier;
    const lines = [
      ...[...arrays()].map(([name, { shape }]) => `${name} ${shape.join()}`),
      `classifier.weight ${classifier.join()}`,
      `classifier.bias ${outputs}`,
    ];
    expect(createHash("sha256").update(lines.join("\n")).digest("hex")).toBe(names);
  });

  it("gives the same features here", () => {
    const { weights, ends } = fitWeights({ format: "torch-zip", arrays: arrays() }, denseNet121Layout);
    const base = denseNet121(weights, ends);
    const pooled = pooledFeatures(base, image());
    base.dispose();
    features.forEach((expected, at) => {
      expect(Math.abs((pooled[at * 32] ?? Number.NaN) - expected)).toBeLessThan(1e-4);
    });
  });
});

test("names of old checkpoints and of wrapped models are the same weights", () => {
  const plain = torchvisionByFormula();
  const renamed = new Map(
    [...plain].map(([name, array]) => [
      `module.densenet121.${name.replace(/(denselayer\d+\.(?:norm|conv))(\d)/, "$1.$2")}`,
      array,
    ]),
  );
  const [expected, given] = [plain, renamed].map((arrays) =>
    fitWeights({ format: "torch-legacy", arrays }, denseNet121Layout),
  );
  expect(given?.unused).toEqual([]);
  expect(given?.weights).toEqual(expected?.weights);
});

test("PyTorch's epsilon is kept, which a channel that hardly varies feels", () => {
  const arrays = torchvisionByFormula().set("features.norm5.running_var", filled(1e-6));
  const { weights } = fitWeights({ format: "torch-zip", arrays }, denseNet121Layout);
  const variance = weights.find(({ name }) => name === "bn/moving_variance")?.values[0] ?? Number.NaN;
  // Theirs is 1e-5; ours, as Keras', 1.001e-5.
  expect(1 / Math.sqrt(variance + 1.001e-5)).toBeCloseTo(1 / Math.sqrt(1e-6 + 1e-5), 3);
});

test("torchxrayvision's outputs have names; those that it never trained have none", () => {
  const arrays = torchxrayvisionByFormula().set("classifier.weight", { ...filled(0), shape: [18, 1024] });
  expect(fitWeights({ format: "torch-zip", arrays }, denseNet121Layout)).toMatchObject({
    preprocess: "torchxrayvision",
    outputs: expect.arrayContaining(["Atelectasis", "Infiltration", "Enlarged Cardiomediastinum"]),
  });
  const thresholds = Float32Array.from({ length: 18 }, (_, at) => (at === 2 ? Number.NaN : 0.1));
  arrays.set("op_threshs", { shape: [18], read: () => thresholds });
  const { outputs } = fitWeights({ format: "torch-zip", arrays }, denseNet121Layout);
  expect(outputs?.slice(0, 4)).toEqual(["Atelectasis", "Consolidation", "", "Pneumothorax"]);
});

function filled(value: number): StoredArray {
  return { shape: [1024], read: () => new Float32Array(1024).fill(value) };
}
