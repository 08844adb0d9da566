import type { NamedArray } from "@/server/ml/named-array";
import { packArrays, unpackArrays } from "@/server/ml/packed-arrays";

const magic = "OVRDWTS1";

type Facts = {
  readonly network: string;
  /** SHA-256 of the file that was imported. */
  readonly file: string;
};

/** A base's weights as an object: they load faster than from the file that they came in. */
export function encodeWeights(facts: Facts, arrays: readonly NamedArray[]): Buffer {
  return packArrays(magic, facts, arrays);
}

/** @throws ExpectedFailure "invalid" when the object is damaged or of another kind */
export function decodeWeights(bytes: Uint8Array): readonly NamedArray[] {
  return unpackArrays(magic, "The weights object", bytes).arrays;
}
