import { z } from "zod";
import { ExpectedFailure } from "@/server/lib/errors";
import { type Head, headArrays, headFromArrays } from "./head";
import type { NamedArray } from "./named-array";
import { type NetworkName, networkNames } from "./networks/network";
import { packArrays, unpackArrays } from "./packed-arrays";
import { poolings } from "./pooling";
import { type PreprocessName, preprocessNames } from "./preprocess-names";
import { type MapEnd, mapEnds } from "./weights/facts";

/** A trained model, whole: with it and its base's weights an image can be scored anywhere. */
export type StoredModel = {
  readonly network: NetworkName;
  readonly preprocess: PreprocessName;
  /** In the order of the head's outputs. */
  readonly classes: readonly string[];
  /** The operating point: the positive class from this probability on; null when none was chosen. */
  readonly threshold: number | null;
  /** The base's own weights and where its map ends, or the SHA-256 of the file that they are in. */
  readonly base:
    | { readonly kind: "own"; readonly weights: readonly NamedArray[]; readonly ends: MapEnd }
    | { readonly kind: "file"; readonly sha256: string };
  readonly head: Head;
};

/** One buffer with a SHA-256 inside. */
export function encodeModel(model: StoredModel): Buffer {
  const { network, preprocess, classes, threshold, base } = model;
  const facts: Facts = {
    network,
    preprocess,
    classes: [...classes],
    threshold,
    pooling: model.head.pooling,
    base: base.kind === "own" ? { kind: "own", ends: base.ends } : { kind: "file", sha256: base.sha256 },
  };
  return packArrays(magic, facts, [...headArrays(model.head), ...(base.kind === "own" ? base.weights : [])]);
}

/** @throws ExpectedFailure "invalid" for another kind of file, or one that is damaged or from another version. */
export function decodeModel(buffer: Uint8Array): StoredModel {
  const { facts, arrays } = unpackArrays(magic, "The model file", buffer);
  const parsed = factsSchema.safeParse(facts);
  if (!parsed.success) throw new ExpectedFailure("invalid", "The model file is from another version.");
  const { base, pooling, ...rest } = parsed.data;
  const weights = arrays.filter(({ name }) => !name.startsWith("head/"));
  return {
    ...rest,
    base: base.kind === "own" ? { ...base, weights } : base,
    head: headFromArrays(arrays, pooling),
  };
}

const magic = "OVRDMDL1";

const factsSchema = z.object({
  network: z.enum(networkNames),
  preprocess: z.enum(preprocessNames),
  classes: z.array(z.string()),
  threshold: z.number().nullable(),
  /** Absent in files from before there was a choice. */
  pooling: z.enum(poolings).default("gap"),
  base: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("own"), ends: z.enum(mapEnds).default("relu") }),
    z.object({ kind: z.literal("file"), sha256: z.string() }),
  ]),
});

type Facts = z.infer<typeof factsSchema>;
