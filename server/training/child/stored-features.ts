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
 * changed is named, not used. One shard at a time, as all of them take as much memory as the result.
 */
export async function readFeatures(views: readonly FeaturePlaces[], width: number): Promise<StoredFeatures> {
  const wanted = views.map((view) => ({
    features: new Float32Array(view.shard.length * width),
    row: view.row,
    byShard: Map.groupBy(view.shard.keys(), (at) => view.shards[view.shard[at] ?? -1] ?? ""),
  }));
  const damaged: string[] = [];
  for (const sha256 of new Set(views.flatMap((view) => view.shards))) {
    const rows = await readShard(sha256);
    if (rows === null) {
      damaged.push(sha256);
      continue;
    }
    for (const { features, row, byShard } of wanted) {
      for (const at of byShard.get(sha256) ?? []) {
        const first = (row[at] ?? 0) * width;
        features.set(rows.subarray(first, first + width), at * width);
      }
    }
  }
  return damaged.length > 0 ? { damaged } : { damaged: null, views: wanted.map(({ features }) => features) };
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
