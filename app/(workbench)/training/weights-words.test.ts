import { expect, test } from "vitest";
import { weightsHint, weightsStory } from "./weights-words";

const weights = { name: "mine", network: "densenet121", format: "keras-h5", preprocess: "imagenet" };

test("weights of which only the numbers are known say how films are prepared", () => {
  const plain = { ...weights, ends: "relu", outputs: null } as const;
  expect(weightsHint(plain)).toBe("Keras .h5");
  expect(weightsStory(plain)).toBe("Films are prepared as for ImageNet.");
});

test("known outputs and a missing ReLU are told", () => {
  const outputs = ["Atelectasis", "", "Pleural_Thickening", "Mass", "Nodule", "Hernia"];
  const known = { ...weights, ends: "bn", outputs } as const;
  expect(weightsHint({ ...known, outputs })).toBe("Keras .h5 · 6 outputs · no last ReLU");
  expect(weightsStory({ ...known, outputs })).toBe(
    "Films are prepared as for ImageNet. Trained to tell Atelectasis, Pleural Thickening, Mass, Nodule and 1 more. " +
      "Their model had no ReLU behind its last BatchNorm, so features are taken before it.",
  );
});
