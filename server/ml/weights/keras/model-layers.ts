import type { Group } from "h5wasm/node";

/** The names of all layers of a saved model, those of networks within it included, in order; null for weights alone. */
export function modelLayers(file: Group): readonly string[] | null {
  const text = file.attrs.model_config?.value;
  if (typeof text !== "string") return null;
  try {
    return namesIn(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Keras writes a model as { config: { name, layers: [a layer or a model, …] } }. */
function namesIn(model: unknown): string[] {
  const config = isRecord(model) ? model.config : null;
  if (Array.isArray(config)) return config.flatMap(namesIn);
  if (!isRecord(config)) return [];
  if (Array.isArray(config.layers)) return config.layers.flatMap(namesIn);
  return typeof config.name === "string" ? [config.name] : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
