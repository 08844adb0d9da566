import { describe, expect, it } from "vitest";
import { denseNet121Network } from "@/server/ml/networks/densenet121";
import { efficientNetLite0Network } from "@/server/ml/networks/efficientnet-lite0";
import { networkNames } from "@/server/ml/networks/network";
import { networkSpec } from "@/server/ml/networks/registry";
import { featureRecipes } from "./feature-recipe";
import { trainableNetworks } from "./networks";
import { resolveConfiguration } from "./rules";
import { launchInput, runConfiguration } from "./schema";

const engine = { name: "wasm", version: "1", device: "CPU", library: "x", why: "" };
const imagenet = { name: "imagenet", sha256: "ab", preprocess: "imagenet" } as const;
const input = (given: object) => launchInput.parse({ split: "s", network: "densenet121", ...given });

describe("the networks of the launch form", () => {
  it.each(networkNames)("say of %s what the engine says", (name) => {
    const { title, inputSize, trainable } = networkSpec(name);
    expect(trainableNetworks[name]).toMatchObject({ name, title, inputSize, trained: trainable });
  });
});

describe("the stages that a network can be fine-tuned from", () => {
  it.each([
    ["densenet121", denseNet121Network()],
    ["efficientnet-lite0", efficientNetLite0Network],
  ] as const)("are stages of %s", (name, { stages }) => {
    const own = stages.map((stage) => stage.name);
    expect(own).toEqual(expect.arrayContaining([...trainableNetworks[name].stages]));
  });
});

describe("a configuration", () => {
  it("that asks for fine-tuning goes on for 30 gentle epochs", () => {
    const { fineTuning } = resolveConfiguration(input({ fineTune: "conv5" }), imagenet);
    expect(fineTuning).toEqual({ from: "conv5", epochs: 30, learningRate: 1e-5, batchSize: 8 });
    expect(resolveConfiguration(input({ fineTune: "whole" }), imagenet).fineTuning?.from).toBeNull();
    expect(resolveConfiguration(input({}), imagenet).fineTuning).toBeNull();
  });

  it("of the published preset is the study's", () => {
    expect(resolveConfiguration(input({ preset: "published" }), imagenet)).toMatchObject({
      preprocess: "as-published",
      pooling: "avgpool4x4-flatten",
      augmentedViews: 4,
      rotation: 15,
      training: {
        epochs: 50,
        batchSize: 64,
        dropout: 0,
        optimizer: "adam",
        learningRate: 0.001,
        classWeights: "balanced",
        hidden: 64,
      },
    });
  });

  it("lets what was asked for win over the preset, and follows it with the decay", () => {
    const { training, augmentedViews } = resolveConfiguration(
      input({ preset: "published", epochs: "10", learningRate: "0.01", augmentedViews: 0 }),
      imagenet,
    );
    expect(training).toMatchObject({ epochs: 10, learningRate: 0.01, decay: 0.001 });
    const slow = resolveConfiguration(input({ preset: "published", decay: "0.5" }), imagenet);
    expect(slow.training.decay).toBe(0.5);
    expect(augmentedViews).toBe(0);
  });
});

describe("what evens out the classes", () => {
  const asked = (given: object) => resolveConfiguration(input(given), imagenet).training;

  it.each(["over", "under"])(
    "is %ssampling in place of class weights where that was asked for",
    (sampling) => {
      expect(asked({ sampling })).toMatchObject({ sampling, classWeights: "none" });
    },
  );

  it("is class weights otherwise, or nothing", () => {
    expect(asked({})).toMatchObject({ sampling: "all", classWeights: "balanced" });
    expect(asked({ classWeights: "none" })).toMatchObject({ sampling: "all", classWeights: "none" });
  });
});

describe("a stored configuration", () => {
  it("from before they were options took the mean, all images, and no penalty", () => {
    const { pooling: _, training, ...rest } = resolveConfiguration(input({}), imagenet);
    const { sampling: __, l1: ___, l2: ____, ...before } = training;
    expect(runConfiguration.parse({ ...rest, training: before })).toMatchObject({
      pooling: "gap",
      training: { sampling: "all", l1: 0, l2: 0 },
    });
  });
});

describe("features", () => {
  const recipes = (given: object, weights: typeof imagenet | null = imagenet) =>
    featureRecipes(resolveConfiguration(input(given), weights), engine);

  it("are shared by runs that differ only in their head", () => {
    expect(recipes({ epochs: 3, dropout: 0, seed: 1 })).toEqual(
      recipes({ epochs: 9, batchSize: 64, seed: 2 }),
    );
  });

  it.each([
    ["weights", recipes({}), recipes({}, null)],
    ["preprocess", recipes({}), recipes({ preset: "published" })],
    ["pooling", recipes({}), recipes({ pooling: "avgpool4x4-flatten" })],
    ["the seed of random weights", recipes({ seed: 1 }, null), recipes({ seed: 2 }, null)],
  ])("differ with %s", (_, one, other) => {
    expect(one.plain).not.toBe(other.plain);
  });

  it("of turned views alone differ with the rotation", () => {
    const [one, other] = [recipes({ rotation: 5 }), recipes({ rotation: 10 })];
    expect(one.plain).toBe(other.plain);
    expect(one.turned).not.toBe(other.turned);
  });
});
