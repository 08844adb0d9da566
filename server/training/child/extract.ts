import { setImmediate as nextTurn } from "node:timers/promises";
import { pooledWidth } from "@/server/ml/pooling";
import { pooledFeatures } from "@/server/ml/predict";
import { objectStore } from "@/server/storage/open";
import { openBase } from "./base";
import { preparedViews } from "./prepared-views";
import type { ExtractedShard, ExtractTask, TaskEvent } from "./protocol";

/** Views that run through the base at once. */
const batch = 8;

/**
 * Pooled features of each film's views as one shard of float32 rows in the object store.
 * @throws ExpectedFailure for a film that cannot be used; the signal's reason between two batches
 */
export async function extractFeatures(
  task: ExtractTask,
  { emit, signal }: { emit(event: TaskEvent): void; signal: AbortSignal },
): Promise<ExtractedShard> {
  const base = await openBase(task.base);
  const { inputSize: size, channels, featureMap } = base.spec;
  const width = pooledWidth(task.pooling, featureMap);
  const pixels = size * size * channels;
  const total = task.films.reduce((sum, film) => sum + film.views.length, 0);
  const rows = new Float32Array(total * width);
  const waiting = new Float32Array(batch * pixels);
  let done = 0;
  let queued = 0;
  const flush = async () => {
    await nextTurn();
    signal.throwIfAborted();
    rows.set(pooledFeatures(base, waiting.subarray(0, queued * pixels), batch, task.pooling), done * width);
    done += queued;
    queued = 0;
    emit({ on: "progress", phase: "features", done, total });
  };
  const { preprocess, rotation, look } = task;
  for await (const input of preparedViews(task.films, { preprocess, size, channels, rotation, look })) {
    waiting.set(input, queued++ * pixels);
    if (queued === batch) await flush();
  }
  if (queued > 0) await flush();
  const bytes = Buffer.from(rows.buffer);
  return { object: { sha256: await objectStore().put(bytes), bytes: bytes.length }, width };
}
