import { ExpectedFailure } from "@/server/lib/errors";
import type { StoredModel } from "@/server/ml/model-file";
import type { NamedArray } from "@/server/ml/named-array";
import { compactBase } from "@/server/ml/networks/compact";
import { denseNet121 } from "@/server/ml/networks/densenet121";
import { newDenseNetWeights } from "@/server/ml/networks/densenet121-layers";
import type { Base } from "@/server/ml/networks/network";
import { deriveSeed, seededRandom } from "@/server/ml/random";
import { objectStore } from "@/server/storage/open";
import { decodeWeights } from "../weights-file";
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
  if (network !== "densenet121") throw new ExpectedFailure("invalid", `${network} is no frozen base.`);
  return denseNet121(weightsSha256 === null ? randomWeights(seed) : await storedWeights(weightsSha256));
}

/** How a model refers to its base: weights are an object shared by all runs on them, random ones go with it. */
export function storedBase({ weightsSha256, seed }: BaseChoice): StoredModel["base"] {
  return weightsSha256 === null
    ? { kind: "own", weights: randomWeights(seed) }
    : { kind: "file", sha256: weightsSha256 };
}

/** The base of a stored model, wherever its weights are. */
export async function baseOfModel({ network, base }: StoredModel): Promise<Base> {
  const weights = base.kind === "own" ? base.weights : await storedWeights(base.sha256);
  return network === "compact" ? compactBase(weights) : denseNet121(weights);
}

function randomWeights(seed: number): NamedArray[] {
  return newDenseNetWeights(seededRandom(deriveSeed(seed, 0)));
}

async function storedWeights(sha256: string): Promise<readonly NamedArray[]> {
  return decodeWeights(await objectStore().get(sha256));
}
