import { firstKernel } from "./densenet121-torchvision";
import type { MapEnd, WeightsFacts } from "./facts";
import type { StoredWeights } from "./stored";

/** What a file with DenseNet-121 tells of the model that it comes from. */
export function denseNet121Facts({ arrays, layers }: StoredWeights): WeightsFacts {
  const classes = classesOf(arrays);
  const first = [...arrays].find(([name]) => firstKernel.test(name))?.[1];
  // One channel is torchxrayvision's alone.
  if (first?.shape[1] === 1) {
    return {
      preprocess: "torchxrayvision",
      ends: "relu",
      classes,
      outputs: torchxrayvisionOutputs(arrays, classes),
    };
  }
  return { preprocess: "imagenet", ends: endOf(layers ?? []), outputs: null, classes };
}

/** Outputs of the one layer that takes the 1,024 features: Keras keeps it as [in, out], PyTorch as [out, in]. */
function classesOf(arrays: StoredWeights["arrays"]): number | null {
  const [layer, ...others] = [...arrays.values()].filter(
    ({ shape }) => shape.length === 2 && shape.includes(1024),
  );
  const [a = 0, b = 0] = layer?.shape ?? [];
  return layer && others.length === 0 ? (a === 1024 ? b : a) : null;
}

/** Without a ReLU behind the last BatchNorm only where the file lists its layers and has none there. */
function endOf(layers: readonly string[]): MapEnd {
  const last = layers.indexOf("bn");
  const listsActivations = layers.some((name) => isRelu(name) && name !== "relu");
  if (last < 0 || !listsActivations) return "relu";
  return layers.includes("relu") || isRelu(layers[last + 1] ?? "") ? "relu" : "bn";
}

function isRelu(name: string): boolean {
  return /relu|activation/i.test(name);
}

/** `default_pathologies` of torchxrayvision 1.5.7 (torchxrayvision/datasets.py), in the order of its outputs. */
const pathologies = [
  "Atelectasis",
  "Consolidation",
  "Infiltration",
  "Pneumothorax",
  "Edema",
  "Emphysema",
  "Fibrosis",
  "Effusion",
  "Pneumonia",
  "Pleural_Thickening",
  "Cardiomegaly",
  "Nodule",
  "Mass",
  "Hernia",
  "Lung Lesion",
  "Fracture",
  "Lung Opacity",
  "Enlarged Cardiomediastinum",
];

/** A model of its zoo keeps a threshold for each output; one that was never trained has none (NaN). */
function torchxrayvisionOutputs(
  arrays: StoredWeights["arrays"],
  classes: number | null,
): readonly string[] | null {
  if (classes !== pathologies.length) return null;
  const thresholds = arrays.get("op_threshs")?.read();
  return pathologies.map((name, at) => (Number.isNaN(thresholds?.[at]) ? "" : name));
}
