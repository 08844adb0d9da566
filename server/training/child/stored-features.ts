import { createHash } from "node:crypto";
import { ExpectedFailure } from "@/server/lib/errors";
import { objectStore } from "@/server/storage/open";
import type { FeaturePlaces } from "./protocol";

/** Each view's features, [n, width] in the run's order of images; rows of images that lack a view are zero. */
export type StoredFeatures =
  | { readonly damaged: readonly string[] }
  | { readonly damaged: null; readonly views: readonly Float32Array[] };

/**
 * Reads features from their shards, each checked against its hash: a shard that is gone or whose bytes have
 * changed is named, not used.
 */
export async function readFeatures(views: readonly FeaturePlaces[], width: number): Promise<StoredFeatures> {
  const shards = new Map<string, Float32Array | null>();
  for (const sha256 of views.flatMap((view) => view.shards)) {
    if (!shards.has(sha256)) shards.set(sha256, await readShard(sha256));
  }
  const damaged = [...shards].filter(([, rows]) => rows === null).map(([sha256]) => sha256);
  if (damaged.length > 0) return { damaged };
  return { damaged: null, views: views.map((view) => arrange(view, shards, width)) };
}

function arrange(
  { shards, shard, row }: FeaturePlaces,
  loaded: ReadonlyMap<string, Float32Array | null>,
  width: number,
): Float32Array {
  const features = new Float32Array(shard.length * width);
  shard.forEach((number, at) => {
    const source = loaded.get(shards[number] ?? "");
    const first = (row[at] ?? 0) * width;
    if (source) features.set(source.subarray(first, first + width), at * width);
  });
  return features;
}

/** A shard's numbers; null when it is gone or its bytes have changed. */
export async function readShard(sha256: string): Promise<Float32Array | null> {
  try {
    const bytes = await objectStore().get(sha256);
    if (createHash("sha256").update(bytes).digest("hex") !== sha256) return null;
    return new Float32Array(new Uint8Array(bytes).buffer);
  } catch (error) {
    if (error instanceof ExpectedFailure && error.failure.code === "not-found") return null;
    throw error;
  }
}
