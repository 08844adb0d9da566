import { expect, test } from "vitest";
import { classActivation, pooled } from "./cam";
import { type Head, headLogits, predictHead } from "./head";
import { wave } from "./reference/formula";

// Expected: TensorFlow 2.21.0's gradients, by reference/cam.py.
test.each([
  { classIndex: 0, method: "hirescam" as const, expected: [0.0, 0.0, 0.01819694, 0.0, 0.0, 0.0] },
  { classIndex: 0, method: "gradcam" as const, expected: [0.0, 0.0, 0.01819694, 0.0, 0.0, 0.0] },
  { classIndex: 0, method: "gradcam++" as const, expected: [0.0, 0.0, 0.05392343, 0.0, 0.0, 0.01942832] },
  {
    classIndex: 1,
    method: "hirescam" as const,
    expected: [0.0, 0.02225543, 0.01491586, 0.02941861, 0.0, 0.04804281],
  },
  {
    classIndex: 1,
    method: "gradcam" as const,
    expected: [0.0, 0.02225543, 0.01491586, 0.02941861, 0.0, 0.04804281],
  },
  {
    classIndex: 1,
    method: "gradcam++" as const,
    expected: [0.0, 0.06535584, 0.04429817, 0.08617635, 0.0, 0.14074116],
  },
])("$method of class $classIndex as TensorFlow's gradients give it", ({ classIndex, method, expected }) => {
  const map = classActivation(featureMap(), smallHead(), classIndex, method);
  expect(map).toHaveLength(expected.length);
  expected.forEach((value, cell) => {
    expect(map[cell]).toBeCloseTo(value, 6);
  });
});

test("logits and probabilities are TensorFlow's", () => {
  const features = pooled(featureMap(), 4);
  [
    [0.19975026, 0.47099447],
    [0.31590281, 0.52900553],
  ].forEach(([logit = 0, probability = 0], classIndex) => {
    expect(headLogits(smallHead(), features)[classIndex]).toBeCloseTo(logit, 6);
    expect(predictHead(smallHead(), features)[classIndex]).toBeCloseTo(probability, 6);
  });
});

test("behind mean pooling and a linear head HiResCAM is CAM: the class's weights times the activations", () => {
  // Zhou et al. 2016. The head is linear because its hidden layer is the identity, kept open by its bias.
  const outputKernel = Float32Array.of(1, -2, 0.5, 3, -1, 0.25, 2, 1);
  const head: Head = {
    ...{ width: 4, hidden: 4, classes: 2, outputKernel },
    hiddenKernel: Float32Array.from({ length: 16 }, (_, at) => Number(at % 5 === 0)),
    hiddenBias: new Float32Array(4).fill(100),
    outputBias: new Float32Array(2),
  };
  const activations = featureMap();
  const map = classActivation(activations, head, 1, "hirescam");
  map.forEach((value, cell) => {
    const cam = [0, 1, 2, 3].reduce(
      (sum, channel) => sum + (outputKernel[channel * 2 + 1] ?? 0) * (activations[cell * 4 + channel] ?? 0),
      0,
    );
    expect(value).toBeCloseTo(Math.max(cam, 0) / 6, 6);
  });
});

function featureMap(): Float32Array {
  return wave(24, 20).map((u) => Math.max(u - 0.3, 0));
}

function smallHead(): Head {
  return {
    width: 4,
    hidden: 5,
    classes: 2,
    hiddenKernel: wave(20, 21).map((u) => u - 0.5),
    hiddenBias: wave(5, 22),
    outputKernel: wave(10, 23).map((u) => u - 0.5),
    outputBias: wave(2, 24).map((u) => u - 0.5),
  };
}
