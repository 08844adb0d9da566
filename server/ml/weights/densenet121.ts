import { denseNet121Weights } from "../networks/densenet121-layers";
import { denseNet121Facts } from "./densenet121-facts";
import { torchvisionNaming } from "./densenet121-torchvision";
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
  namings: [kerasNaming, torchvisionNaming],
  facts: denseNet121Facts,
};
