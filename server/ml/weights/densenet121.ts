import { denseNet121Weights } from "../networks/densenet121-layers";
import type { Layout } from "./fit";
import type { Naming } from "./layout";

const known = new Set(denseNet121Weights.map(({ name }) => name));

/** Keras' own names, which are ours. */
const kerasNaming: Naming = {
  title: "Keras",
  place: (name) => (known.has(name) ? { name } : null),
};

export const denseNet121Layout: Layout = {
  title: "DenseNet-121",
  parameters: 7_037_504,
  weights: denseNet121Weights,
  namings: [kerasNaming],
};
