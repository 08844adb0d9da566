import type { LaunchChoices } from "@/server/training/choices";

type Weights = LaunchChoices["weights"][number];

/** In the list of weights: what tells one from another. */
export function weightsHint({ format, outputs, ends }: Weights): string {
  return [
    formats[format] ?? format,
    ...(outputs ? [`${outputs.length} outputs`] : []),
    ...(ends === "bn" ? ["no last ReLU"] : []),
  ].join(" · ");
}

/** Under the list: what the chosen weights were trained on and for, as far as it is known. */
export function weightsStory({ preprocess, outputs, ends }: Weights): string {
  const trained = outputs?.filter((name) => name !== "") ?? [];
  return [
    `Films are prepared as ${preprocesses[preprocess] ?? preprocess}.`,
    ...(trained.length > 0
      ? [`Trained to tell ${listed(trained.map((name) => name.replaceAll("_", " ")))}.`]
      : []),
    ...(ends === "bn"
      ? ["Their model had no ReLU behind its last BatchNorm, so features are taken before it."]
      : []),
  ].join(" ");
}

const shown = 4;

function listed(names: readonly string[]): string {
  const more = names.length - shown;
  return more > 0 ? `${names.slice(0, shown).join(", ")} and ${more} more` : names.join(", ");
}

const formats: Readonly<Record<string, string>> = {
  "keras-h5": "Keras .h5",
  "keras3-h5": "Keras 3 .weights.h5",
  "torch-legacy": "PyTorch",
  "torch-zip": "PyTorch",
  safetensors: "safetensors",
};

const preprocesses: Readonly<Record<string, string>> = {
  imagenet: "for ImageNet",
  "as-published": "in the published study",
  torchxrayvision: "in torchxrayvision",
  "efficientnet-lite": "for EfficientNet-Lite",
};
