import type { NamedArray } from "../named-array";
import type { StoredArray } from "../weights/stored";
import { denseNetByFormula } from "./formula";

/** DenseNet-121's weights by formula as torchvision holds them: its names, and its kernels' [out, in, h, w]. */
export function torchvisionByFormula(): Map<string, StoredArray> {
  return new Map(denseNetByFormula().map((array) => [torchvisionName(array.name), torchArray(array)]));
}

/** The same with torchxrayvision's first kernel, for one channel: what three equal ones weigh together. */
export function torchxrayvisionByFormula(): Map<string, StoredArray> {
  const arrays = torchvisionByFormula();
  const first = arrays.get("features.conv0.weight")?.read() ?? new Float32Array();
  const pixels = 49;
  const values = Float32Array.from({ length: 64 * pixels }, (_, at) => {
    const from = Math.floor(at / pixels) * 3 * pixels + (at % pixels);
    return (first[from] ?? 0) + (first[from + pixels] ?? 0) + (first[from + 2 * pixels] ?? 0);
  });
  return arrays.set("features.conv0.weight", { shape: [64, 1, 7, 7], read: () => values });
}

const outside: Readonly<Record<string, string>> = { conv1_conv: "conv0", conv1_bn: "norm0", bn: "norm5" };
const own: Readonly<Record<string, string>> = {
  kernel: "weight",
  gamma: "weight",
  beta: "bias",
  moving_mean: "running_mean",
  moving_variance: "running_var",
};

function torchvisionName(name: string): string {
  const [layer = "", weight = ""] = name.split("/");
  const inner = layer
    .replace(/^conv(\d)_block(\d+)_(\d)_(conv|bn)$/, (_, stage, block, at, kind) => {
      const part = kind === "conv" ? `conv${at}` : `norm${Number(at) + 1}`;
      return `denseblock${Number(stage) - 1}.denselayer${block}.${part}`;
    })
    .replace(/^pool(\d)_(conv|bn)$/, (_, stage, kind) => {
      return `transition${Number(stage) - 1}.${kind === "conv" ? "conv" : "norm"}`;
    });
  return `features.${outside[layer] ?? inner}.${own[weight]}`;
}

function torchArray({ shape, values }: NamedArray): StoredArray {
  const [height = 0, width = 0, input = 0, output = 0] = shape;
  if (shape.length === 1) return { shape, read: () => values };
  const turned = new Float32Array(values.length);
  const size = height * width;
  values.forEach((value, at) => {
    const [o, i, pixel] = [at % output, Math.floor(at / output) % input, Math.floor(at / (output * input))];
    turned[(o * input + i) * size + pixel] = value;
  });
  return { shape: [output, input, height, width], read: () => turned };
}
