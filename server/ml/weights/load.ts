import type { NetworkName } from "../networks/network";
import { denseNet121Layout } from "./densenet121";
import { efficientNetLite0Layout } from "./efficientnet-lite0";
import { fitWeights, type Layout, type LoadedWeights } from "./fit";
import { readWeightsFile } from "./read-file";
import type { WeightsFormat } from "./stored";

/** Networks whose weights come from a file. */
export const pretrainedNetworks = [
  "densenet121",
  "efficientnet-lite0",
] as const satisfies readonly NetworkName[];
export type PretrainedNetwork = (typeof pretrainedNetworks)[number];

const layouts: Readonly<Record<PretrainedNetwork, Layout>> = {
  densenet121: denseNet121Layout,
  "efficientnet-lite0": efficientNetLite0Layout,
};

/**
 * A network's weights from the bytes of a file of any known format, with or without its classifier.
 * @throws ExpectedFailure "invalid" for a file that cannot be read or trusted, or is of another network
 */
export async function loadWeights(
  network: PretrainedNetwork,
  bytes: Uint8Array,
): Promise<LoadedWeights & { readonly format: WeightsFormat }> {
  const stored = await readWeightsFile(bytes);
  return { format: stored.format, ...fitWeights(stored, layouts[network]) };
}
