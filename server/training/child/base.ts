import { ExpectedFailure } from "@/server/lib/errors";
import type { StoredModel } from "@/server/ml/model-file";
import type { NamedArray } from "@/server/ml/named-array";
import { compactBase } from "@/server/ml/networks/compact";
import { compiledBase } from "@/server/ml/networks/compiled-base";
import { denseNet121 } from "@/server/ml/networks/densenet121";
import { newDenseNetWeights } from "@/server/ml/networks/densenet121-layers";
import { efficientNetLite0 } from "@/server/ml/networks/efficientnet-lite0";
import { newEfficientNetWeights } from "@/server/ml/networks/efficientnet-lite0-layers";
import type { Base, NetworkName } from "@/server/ml/networks/network";
import { networkSpec } from "@/server/ml/networks/registry";
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

async function build({ network, weightsSha256, seed }: BaseChoice): Promise<Base> {
  const { build, untrained } = frozen(network);
  const spec = networkSpec(network);
  if (weightsSha256 === null) return compiledBase(spec, () => build(untrained(generator(seed)), "relu"));
  const { arrays, ends } = await storedWeights(weightsSha256);
  return compiledBase(spec, () => build(arrays, ends));
}

/** How a model refers to its base: weights are an object shared by all runs on them, random ones go with it. */
export function storedBase({ network, weightsSha256, seed }: BaseChoice): StoredModel["base"] {
  return weightsSha256 === null
    ? { kind: "own", weights: frozen(network).untrained(generator(seed)) }
    : { kind: "file", sha256: weightsSha256 };
}

/** The base of a stored model, wherever its weights are. */
export async function baseOfModel({ network, base }: StoredModel): Promise<Base> {
  const { arrays, ends }: KeptWeights =
    base.kind === "own" ? { arrays: base.weights, ends: "relu" } : await storedWeights(base.sha256);
  if (network === "compact") return compactBase(arrays);
  return compiledBase(networkSpec(network), () => frozen(network).build(arrays, ends));
}

type FrozenBase = {
  build(weights: readonly NamedArray[], ends: MapEnd): Base;
  untrained(random: Random): NamedArray[];
};

const frozenBases: Readonly<Record<Exclude<NetworkName, "compact">, FrozenBase>> = {
  densenet121: { build: denseNet121, untrained: newDenseNetWeights },
  "efficientnet-lite0": { build: efficientNetLite0, untrained: newEfficientNetWeights },
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
