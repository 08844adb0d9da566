import { ExpectedFailure } from "@/server/lib/errors";
import type { StoredModel } from "@/server/ml/model-file";
import type { NamedArray } from "@/server/ml/named-array";
import { compactBase } from "@/server/ml/networks/compact";
import { compiledBase } from "@/server/ml/networks/compiled-base";
import { denseNet121Network } from "@/server/ml/networks/densenet121";
import { newDenseNetWeights } from "@/server/ml/networks/densenet121-layers";
import { efficientNetLite0Network } from "@/server/ml/networks/efficientnet-lite0";
import { newEfficientNetWeights } from "@/server/ml/networks/efficientnet-lite0-layers";
import type { Base, NetworkName } from "@/server/ml/networks/network";
import { networkSpec } from "@/server/ml/networks/registry";
import { frozenBase, type StagedNetwork } from "@/server/ml/networks/staged";
import { type TrainableBase, trainableBase } from "@/server/ml/networks/trainable-base";
import type { Pooling } from "@/server/ml/pooling";
import { deriveSeed, type Random, seededRandom } from "@/server/ml/random";
import type { MapEnd } from "@/server/ml/weights/facts";
import { objectStore } from "@/server/storage/open";
import { decodeWeights, type KeptWeights } from "../weights-file";
import type { BaseChoice } from "./protocol";

let open: { readonly key: string; readonly base: Promise<Base> } | undefined;

/** The frozen base, kept for the next task of this process: it takes seconds to build. */
export function openBase(choice: BaseChoice): Promise<Base> {
  const key = JSON.stringify(choice);
  if (open?.key !== key) {
    const before = open?.base;
    const base = Promise.resolve(before).then((old) => {
      old?.dispose();
      return build(choice);
    });
    open = { key, base };
  }
  return open.base;
}

async function build(choice: BaseChoice): Promise<Base> {
  const { arrays, ends } = await weightsOf(choice);
  return buildBase(choice.network, arrays, ends);
}

/** A base of these weights, for inference. */
export function buildBase(network: NetworkName, weights: readonly NamedArray[], ends: MapEnd): Promise<Base> {
  const { staged } = frozen(network);
  return compiledBase(networkSpec(network), () => frozenBase(staged(ends), weights));
}

/** A base whose weights move from the stage `from` on (null: all), in place of the frozen one. */
export async function openTrainable(
  choice: BaseChoice,
  from: string | null,
  pooling: Pooling,
): Promise<{ readonly base: TrainableBase; readonly ends: MapEnd }> {
  (await open?.base)?.dispose();
  open = undefined;
  const { arrays, ends } = await weightsOf(choice);
  const network = frozen(choice.network).staged(ends);
  return { base: await trainableBase({ network, weights: arrays, from, pooling }), ends };
}

async function weightsOf({ network, weightsSha256, seed }: BaseChoice): Promise<KeptWeights> {
  return weightsSha256 === null
    ? { arrays: frozen(network).untrained(generator(seed)), ends: "relu" }
    : storedWeights(weightsSha256);
}

/** How a model refers to its base: weights are an object shared by all runs on them, random ones go with it. */
export function storedBase({ network, weightsSha256, seed }: BaseChoice): StoredModel["base"] {
  return weightsSha256 === null
    ? { kind: "own", weights: frozen(network).untrained(generator(seed)), ends: "relu" }
    : { kind: "file", sha256: weightsSha256 };
}

/** The base of a stored model, wherever its weights are. */
export async function baseOfModel({ network, base }: StoredModel): Promise<Base> {
  const { arrays, ends }: KeptWeights =
    base.kind === "own" ? { arrays: base.weights, ends: base.ends } : await storedWeights(base.sha256);
  return network === "compact" ? compactBase(arrays) : buildBase(network, arrays, ends);
}

type FrozenBase = {
  staged(ends: MapEnd): StagedNetwork;
  untrained(random: Random): NamedArray[];
};

const frozenBases: Readonly<Record<Exclude<NetworkName, "compact">, FrozenBase>> = {
  densenet121: { staged: denseNet121Network, untrained: newDenseNetWeights },
  "efficientnet-lite0": { staged: () => efficientNetLite0Network, untrained: newEfficientNetWeights },
};

function frozen(network: NetworkName): FrozenBase {
  if (network === "compact") throw new ExpectedFailure("invalid", "compact is no frozen base.");
  return frozenBases[network];
}

function generator(seed: number): Random {
  return seededRandom(deriveSeed(seed, 0));
}

async function storedWeights(sha256: string): Promise<KeptWeights> {
  return decodeWeights(await objectStore().get(sha256));
}
