import { expect, test } from "vitest";
import { classActivation } from "./cam";
import { type Head, headLogits, predictHead } from "./head";
import { poolMap, windowsOf } from "./pooling";
import { wave } from "./reference/formula";

const mean = windowsOf("gap", 2, 3);

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
  const map = classActivation(featureMap(), mean, smallHead(), classIndex, method);
  expect(map).toHaveLength(expected.length);
  expected.forEach((value, cell) => {
    expect(map[cell]).toBeCloseTo(value, 6);
  });
});

test.each([
  {
    method: "hirescam" as const,
    expected: [
      0.0, 0.0, 0.0, 0.0014091, 0.0, 0.0, 0.00248655, 0.0, 0.0, 0.0, 0.0, 0.00801447, 0.00367457, 0.00029312,
      0.00361115, 0.00056483, 0.0, 0.0, 0.00514281, 0.0, 0.00518158, 3.245e-5, 0.00194453, 0.0, 0.00059232,
      0.0, 0.0, 0.0057675, 0.0, 0.00155283, 0.00809594, 0.00017441, 0.00358361, 0.0044774, 0.00071208, 0.0,
      0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
    ],
  },
  {
    method: "gradcam" as const,
    expected: [
      0.0, 0.0, 0.0, 0.00042383, 0.00205248, 0.0, 0.0, 0.00121965, 0.0, 0.0, 0.00038024, 0.0024106,
      0.00170751, 0.00177186, 0.0, 0.00187098, 0.0, 0.00112575, 0.00154686, 0.0, 0.00184191, 9.76e-6,
      0.00021452, 0.00100436, 0.0, 0.0, 0.00054723, 0.00204264, 0.0, 0.00102705, 0.0024351, 0.0, 0.00012446,
      0.0, 0.00103054, 0.00019736, 0.0, 0.00186314, 0.00087399, 0.0, 0.0, 0.0, 0.00106301, 0.00079457, 0.0,
    ],
  },
  {
    method: "gradcam++" as const,
    expected: [
      0.0, 0.0, 0.02506368, 0.01065037, 0.0515765, 0.0, 0.01938185, 0.03064831, 0.0, 0.0, 0.03331593,
      0.06057553, 0.07079354, 0.0612456, 0.02814772, 0.06822704, 0.0, 0.02828886, 0.03887072, 0.00302216,
      0.05940661, 0.0002453, 0.03400143, 0.02523834, 0.00461691, 0.0, 0.0504442, 0.06558458, 0.02266288,
      0.05173687, 0.06119128, 0.00135949, 0.05392242, 0.03489983, 0.04316378, 0.02855318, 0.01797983,
      0.06252827, 0.04132673, 0.01354947, 0.0, 0.0, 0.04039449, 0.0385632, 0.01296334,
    ],
  },
])(
  "$method behind Keras' average pooling 4 × 4 as TensorFlow's gradients give it",
  ({ method, expected }) => {
    const activations = wave(90, 20).map((u) => Math.max(u - 0.3, 0));
    const head = { ...smallHead(), pooling: "avgpool4x4-flatten" as const };
    const map = classActivation(activations, windowsOf(head.pooling, 5, 9), head, 0, method);
    expect(map).toHaveLength(expected.length);
    expected.forEach((value, cell) => {
      expect(map[cell]).toBeCloseTo(value, 6);
    });
  },
);

test("logits and probabilities are TensorFlow's", () => {
  const features = poolMap(featureMap(), mean);
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
    ...{ pooling: "gap", width: 4, hidden: 4, classes: 2, outputKernel },
    hiddenKernel: Float32Array.from({ length: 16 }, (_, at) => Number(at % 5 === 0)),
    hiddenBias: new Float32Array(4).fill(100),
    outputBias: new Float32Array(2),
  };
  const activations = featureMap();
  const map = classActivation(activations, mean, head, 1, "hirescam");
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
    pooling: "gap",
    width: 4,
    hidden: 5,
    classes: 2,
    hiddenKernel: wave(20, 21).map((u) => u - 0.5),
    hiddenBias: wave(5, 22),
    outputKernel: wave(10, 23).map((u) => u - 0.5),
    outputBias: wave(2, 24).map((u) => u - 0.5),
  };
}
