import { LRUCache } from "lru-cache";
import type { Actor } from "@/server/auth/actor";
import { fail, ok, type Result } from "@/server/lib/errors";
import { npyHeader } from "@/server/ml/npy";
import type { FeaturePlaces } from "../child/protocol";
import { readShard } from "../child/stored-features";
import { ChildDied, TaskFailed } from "../child-process";
import { type Crew, gatherCrew } from "../crew";
import { beginExport, type ExportedImage, type ExportInput } from "./begin-export";
import { gatherRows } from "./gather-rows";

export type ExportedFeatures = {
  /** In the order of the rows. */
  readonly images: readonly ExportedImage[];
  readonly width: number;
  /** Images of the dataset or cohort whose film is not here: they have no row. */
  readonly absent: number;
  /** A NumPy file of float32 [images, width], piece by piece. */
  npy(): AsyncGenerator<Buffer>;
};

type Options = {
  onProgress?(done: number, total: number): void;
  /** One that is at work already, and goes on after this. */
  readonly crew?: Crew;
};

/**
 * Pooled features of all films of a dataset or a cohort: those that an earlier run or export extracted are taken
 * from the store, the others are extracted and kept there.
 * Errors: as {@link beginExport}; unavailable (a film that cannot be used, a process that died)
 */
export async function exportFeatures(
  actor: Actor,
  input: ExportInput,
  { onProgress = () => {}, crew }: Options = {},
): Promise<Result<ExportedFeatures>> {
  const begun = await beginExport(actor, input);
  if (!begun.ok) return begun;
  const { images, absent } = begun.value;
  const own = crew ?? gatherCrew();
  try {
    const { places, width } = await gatherRows(begun.value, own, onProgress);
    return ok({ images, width, absent, npy: () => npyOf(places, width) });
  } catch (error) {
    if (error instanceof TaskFailed || error instanceof ChildDied) return fail("unavailable", error.message);
    throw error;
  } finally {
    if (!crew) await own.dismiss();
  }
}

/** Shards that are kept at hand: films that lie together were extracted together, but for those known before. */
const mostOpen = 64;

async function* npyOf({ shards, shard, row }: FeaturePlaces, width: number): AsyncGenerator<Buffer> {
  yield npyHeader([shard.length, width]);
  const open = new LRUCache<string, Float32Array>({ max: mostOpen });
  for (let at = 0; at < shard.length; at++) {
    const sha256 = shards[shard[at] ?? -1] ?? "";
    const rows = open.get(sha256) ?? (await readShard(sha256));
    if (!rows) throw new Error(`The shard ${sha256} of features was damaged while it was written out`);
    open.set(sha256, rows);
    const first = (row[at] ?? 0) * width;
    yield Buffer.from(rows.buffer, rows.byteOffset + first * 4, width * 4);
  }
}
