import { blocks } from "../networks/densenet121-layers";
import { batchNormWeights, fromOihw, type Naming, type Place } from "./layout";
import type { StoredArray } from "./stored";

/**
 * torchvision's names, which torchxrayvision and timm share: `features.denseblock1.denselayer1.norm1.weight`; in
 * checkpoints from before PyTorch 0.4 `norm.1`. Wrappers put something before it (`module.densenet121.features.…`).
 */
export const torchvisionNaming: Naming = {
  title: "torchvision",
  place(name) {
    const [, path = "", weight = ""] = /^(?:\w+\.)*?features\.(.+)\.(\w+)$/.exec(name) ?? [];
    const layer = layerOf(path);
    if (layer === null) return null;
    if (layer.endsWith("conv")) {
      return weight === "weight" ? { name: `${layer}/kernel`, axes: fromOihw, adapt: toThreeChannels } : null;
    }
    return normPlace(layer, weight);
  },
};

/** The name of the first convolution's kernel; torchxrayvision's has one channel. */
export const firstKernel = /^(?:\w+\.)*?features\.conv0\.weight$/;

function layerOf(path: string): string | null {
  const [, block, layer, kind, number] =
    /^denseblock([1-4])\.denselayer([1-9]\d?)\.(norm|conv)\.?([12])$/.exec(path) ?? [];
  if (block !== undefined) {
    const { name, layers } = blocks[Number(block) - 1] ?? { name: "", layers: 0 };
    if (Number(layer) > layers) return null;
    const inLayer = kind === "conv" ? `${number}_conv` : `${Number(number) - 1}_bn`;
    return `${name}_block${layer}_${inLayer}`;
  }
  const [, transition, part] = /^transition([1-3])\.(norm|conv)$/.exec(path) ?? [];
  if (transition !== undefined) return `pool${Number(transition) + 1}_${part === "conv" ? "conv" : "bn"}`;
  return outside[path] ?? null;
}

const outside: Readonly<Record<string, string>> = { conv0: "conv1_conv", norm0: "conv1_bn", norm5: "bn" };

function normPlace(layer: string, weight: string): Place | null {
  const own = batchNormWeights[weight];
  if (own === undefined) return null;
  return { name: `${layer}/${own}`, ...(own === "moving_variance" ? { adapt: toKerasEpsilon } : {}) };
}

/**
 * PyTorch's BatchNorm adds 1e-5 to the variance where Keras' DenseNet, and so ours, adds 1.001e-5. A channel that
 * hardly varies feels the difference, so it is taken off the variance.
 */
function toKerasEpsilon({ shape, read }: StoredArray): StoredArray {
  return { shape, read: () => read().map((variance) => variance - 1e-8) };
}

/** A first kernel [64, 1, 7, 7] for grey films as one for three channels, which sees their mean. */
function toThreeChannels(array: StoredArray): StoredArray {
  const [output = 0, input, height = 0, width = 0] = array.shape;
  if (input !== 1 || output !== 64 || height !== 7) return array;
  const size = height * width;
  return {
    shape: [output, 3, height, width],
    read() {
      const grey = array.read();
      return Float32Array.from(
        { length: grey.length * 3 },
        (_, at) => (grey[Math.floor(at / (3 * size)) * size + (at % size)] ?? 0) / 3,
      );
    },
  };
}
