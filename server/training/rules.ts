import { publishedOptions } from "@/server/ml/training/options";
import { trainableNetworks } from "./networks";
import type { LaunchInput, RunConfiguration } from "./schema";

export type ChosenWeights = {
  readonly name: string;
  readonly sha256: string;
  readonly preprocess: RunConfiguration["preprocess"];
};

/**
 * What the published study did beside its training options: four rotations by up to 15° per image, ÷ 255, and a
 * pooling that sees the top-left 4 × 4 of DenseNet's map. The last two belong to DenseNet: another base keeps its
 * own preprocess, without which its weights are worth little, and looks at its whole map.
 */
const published = {
  augmentedViews: 4,
  rotation: 15,
  preprocess: "as-published",
  pooling: "avgpool4x4-flatten",
} as const;

/**
 * Every option of a run, with its default where none was given: the study's options for a frozen base, a
 * shorter and gentler course for the compact network, which learns from scratch.
 */
export function resolveConfiguration(input: LaunchInput, weights: ChosenWeights | null): RunConfiguration {
  const whole = trainableNetworks[input.network].trained === "whole";
  const defaults = whole ? compactOptions : publishedOptions;
  const epochs = input.epochs ?? defaults.epochs;
  const sampling = input.sampling ?? defaults.sampling;
  const learningRate = input.learningRate ?? defaults.learningRate;
  const preset = input.preset === "published" ? published : null;
  const asPublished = input.network === "densenet121" ? preset : null;
  return {
    preset: input.preset ?? null,
    network: input.network,
    weights: weights && { name: weights.name, sha256: weights.sha256 },
    preprocess: whole
      ? "compact"
      : (asPublished?.preprocess ?? weights?.preprocess ?? trainableNetworks[input.network].preprocess),
    pooling: input.pooling ?? asPublished?.pooling ?? "gap",
    // The compact network turns each image anew in each epoch and needs no stored views.
    augmentedViews: whole ? 0 : (input.augmentedViews ?? preset?.augmentedViews ?? 0),
    rotation: input.rotation ?? preset?.rotation ?? (whole ? 10 : published.rotation),
    fineTuning: fineTuningOf(input),
    device: input.device ?? "any",
    training: {
      epochs,
      batchSize: input.batchSize ?? defaults.batchSize,
      optimizer: input.optimizer ?? defaults.optimizer,
      learningRate,
      decay: input.decay ?? learningRate / epochs,
      dropout: input.dropout ?? defaults.dropout,
      hidden: input.hidden ?? defaults.hidden,
      // An epoch in which the classes are even needs no weights besides.
      classWeights: input.classWeights ?? (sampling === "all" ? defaults.classWeights : "none"),
      sampling,
      loss: input.loss ?? defaults.loss,
      l1: input.l1 ?? defaults.l1,
      l2: input.l2 ?? defaults.l2,
      ...(input.earlyStopping === undefined ? {} : { earlyStopping: { patience: input.earlyStopping } }),
      seed: input.seed,
    },
  };
}

/** Gently, so that what the base knows already is bent and not broken: Keras' advice, and the specification's. */
function fineTuningOf(input: LaunchInput): RunConfiguration["fineTuning"] {
  const { fineTune = "none", fineTuneEpochs, fineTuneLearningRate, fineTuneBatchSize } = input;
  if (fineTune === "none") return null;
  return {
    from: fineTune === "whole" ? null : fineTune,
    epochs: fineTuneEpochs ?? 30,
    learningRate: fineTuneLearningRate ?? 1e-5,
    // Activations of every layer are kept for the way back: what memory a step takes goes by this.
    batchSize: fineTuneBatchSize ?? 8,
  };
}

const compactOptions = {
  ...publishedOptions,
  epochs: 20,
  batchSize: 16,
  dropout: 0.2,
} as const;

/** Why a network cannot be fine-tuned as asked, in the reader's words; null when it can, or nobody asked. */
export function cannotFineTune({ network, fineTune = "none" }: LaunchInput): string | null {
  const { title, trained, stages } = trainableNetworks[network];
  if (fineTune === "none" || (fineTune === "whole" && trained === "head")) return null;
  if (trained === "whole")
    return `${title} is trained whole from the first epoch: there is nothing to fine-tune.`;
  if (fineTune !== "whole" && stages.includes(fineTune)) return null;
  return `${title} has no stage ${fineTune}: it can be fine-tuned whole, or from ${stages.join(", ")} on.`;
}

export type PartCounts = {
  readonly part: "train" | "validation" | "test";
  readonly images: number;
  readonly patients: number;
  /** Images whose film is not here: only their table row was imported. */
  readonly absent: number;
  /** In the cohort's order of classes. */
  readonly classes: readonly number[];
};

/**
 * Why a run cannot be made of these parts, in the reader's words; null when it can. Training and test need
 * every class; validation needs every class or, where the split has none, no image at all.
 */
export function cannotTrain(classes: readonly string[], parts: readonly PartCounts[]): string | null {
  if (classes.length < 2) return "A run needs at least two classes.";
  for (const { part, images, classes: counts } of parts) {
    if (part === "validation" && images === 0) continue;
    const missing = classes.filter((_, index) => (counts[index] ?? 0) === 0);
    if (missing.length > 0) {
      return `${list(missing)} ${missing.length === 1 ? "has" : "have"} no image in ${partName[part]}.`;
    }
  }
  const absent = parts.reduce((sum, part) => sum + part.absent, 0);
  if (absent === 0) return null;
  const total = parts.reduce((sum, part) => sum + part.images, 0);
  return `The films of ${absent} of the ${total} images are not here: only their table rows were imported.`;
}

const partName = { train: "training", validation: "validation", test: "test" } as const;

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
