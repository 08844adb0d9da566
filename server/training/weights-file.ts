import { z } from "zod";
import type { NamedArray } from "@/server/ml/named-array";
import { packArrays, unpackArrays } from "@/server/ml/packed-arrays";
import { type MapEnd, mapEnds } from "@/server/ml/weights/facts";

const magic = "OVRDWTS1";

type Facts = {
  readonly network: string;
  /** SHA-256 of the file that was imported. */
  readonly file: string;
  readonly ends: MapEnd;
};

/** A base's weights as they are kept. Objects from before 2026-11 say nothing of their end, which is "relu". */
export type KeptWeights = { readonly arrays: readonly NamedArray[]; readonly ends: MapEnd };

const readFacts = z.object({ ends: z.enum(mapEnds).default("relu") });

/** A base's weights as an object: they load faster than from the file that they came in. */
export function encodeWeights(facts: Facts, arrays: readonly NamedArray[]): Buffer {
  return packArrays(magic, facts, arrays);
}

/** @throws ExpectedFailure "invalid" when the object is damaged or of another kind */
export function decodeWeights(bytes: Uint8Array): KeptWeights {
  const { facts, arrays } = unpackArrays(magic, "The weights object", bytes);
  return { arrays, ends: readFacts.parse(facts).ends };
}
