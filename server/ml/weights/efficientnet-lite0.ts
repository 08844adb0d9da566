import { blocks, efficientNetLite0Weights } from "../networks/efficientnet-lite0-layers";
import type { Layout } from "./fit";
import { batchNormWeights, fromDepthwise, fromOihw, type Naming, type Place } from "./layout";

/**
 * `efficientnet-lite-pytorch`'s names, as in lukemelas' EfficientNet-PyTorch: `_blocks.3._expand_conv.weight`.
 * Block 0 has no `_expand_conv`, but its norms count as if it had.
 */
const pytorchNaming: Naming = {
  title: "efficientnet-lite-pytorch",
  place(name) {
    const [layer, weight] = splitLast(name);
    const [, number, inBlock] = /^_blocks\.(\d+)\.(.+)$/.exec(layer) ?? [];
    const block = number === undefined ? undefined : blocks[Number(number)];
    const known = inBlock === undefined ? outside[layer] : withinBlock[inBlock];
    if (!known || (inBlock !== undefined && !block)) return null;
    return placeOf(block ? `${block.name}_${known}` : known, weight, inBlock === "_depthwise_conv");
  },
};

const outside: Readonly<Record<string, string>> = {
  _conv_stem: "stem_conv",
  _bn0: "stem_bn",
  _conv_head: "top_conv",
  _bn1: "top_bn",
};

const withinBlock: Readonly<Record<string, string>> = {
  _expand_conv: "expand_conv",
  _bn0: "expand_bn",
  _depthwise_conv: "dwconv",
  _bn1: "bn",
  _project_conv: "project_conv",
  _bn2: "project_bn",
};

export const efficientNetLite0Layout: Layout = {
  title: "EfficientNet-Lite0",
  parameters: 3_371_008,
  weights: efficientNetLite0Weights,
  namings: [pytorchNaming],
  facts: () => ({ preprocess: "efficientnet-lite", ends: "relu", outputs: null, classes: null }),
};

function placeOf(layer: string, weight: string, depthwise: boolean): Place | null {
  if (layer.endsWith("conv")) {
    return weight === "weight"
      ? { name: `${layer}/kernel`, axes: depthwise ? fromDepthwise : fromOihw }
      : null;
  }
  const own = batchNormWeights[weight];
  return own === undefined ? null : { name: `${layer}/${own}` };
}

function splitLast(name: string): [string, string] {
  const dot = name.lastIndexOf(".");
  return [name.slice(0, dot), name.slice(dot + 1)];
}
