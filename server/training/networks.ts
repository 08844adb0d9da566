import { type NetworkName, networkNames } from "@/server/ml/networks/network";
import type { PreprocessName } from "@/server/ml/preprocess-names";

export { type NetworkName, networkNames };

/** By the names that Keras gives DenseNet's blocks, and google's code those of EfficientNet. */
export const fineTunableStages = [
  "conv2",
  "conv3",
  "conv4",
  "conv5",
  "block2",
  "block3",
  "block4",
  "block5",
  "block6",
  "block7",
  "top",
] as const;
type FineTunableStage = (typeof fineTunableStages)[number];

/** What the launch form and the command need to know of a network; the rest stands in `server/ml`. */
export type TrainableNetwork = {
  readonly name: NetworkName;
  readonly title: string;
  /** "whole": trained from scratch; "head": the base stays frozen, a head is trained on its features. */
  readonly trained: "whole" | "head";
  readonly inputSize: number;
  /** How it wants its images, unless its weights were trained otherwise. */
  readonly preprocess: PreprocessName;
  /** From which of its stages on it may be fine-tuned, the shortest stretch last. */
  readonly stages: readonly FineTunableStage[];
  /** What it is good for, in a sentence for the form. */
  readonly about: string;
};

/**
 * The networks by name. Kept apart from `server/ml/networks/registry`, which pulls in TensorFlow, and the web
 * process must never do that; a test holds the two together.
 */
export const trainableNetworks: { readonly [Name in NetworkName]: TrainableNetwork } = {
  compact: {
    name: "compact",
    title: "Compact CNN",
    trained: "whole",
    inputSize: 96,
    preprocess: "compact",
    stages: [],
    about: "A small network trained from scratch: needs no weights, minutes on any machine.",
  },
  densenet121: {
    name: "densenet121",
    title: "DenseNet-121",
    trained: "head",
    inputSize: 224,
    preprocess: "imagenet",
    stages: ["conv2", "conv3", "conv4", "conv5"],
    about: "The published study's base, frozen; a new head is trained on its features.",
  },
  "efficientnet-lite0": {
    name: "efficientnet-lite0",
    title: "EfficientNet-Lite0",
    trained: "head",
    inputSize: 224,
    preprocess: "efficientnet-lite",
    stages: ["block2", "block3", "block4", "block5", "block6", "block7", "top"],
    about: "A small, fast base, frozen. Its ImageNet weights come from the Python package index.",
  },
};
