import { setImmediate as nextTurn } from "node:timers/promises";
import { borderStatisticNames, borderStatistics } from "@/server/ml/border";
import { objectStore } from "@/server/storage/open";
import { decodeFilm } from "./films";
import type { BordersTask, ExtractedShard, TaskEvent } from "./protocol";

/**
 * The fifteen statistics of each film's border, as one shard of float32 rows in the object store.
 * @throws ExpectedFailure for a film that cannot be used; the signal's reason between two films
 */
export async function measureBorders(
  { films }: BordersTask,
  { emit, signal }: { emit(event: TaskEvent): void; signal: AbortSignal },
): Promise<ExtractedShard> {
  const width = borderStatisticNames.length;
  const rows = new Float32Array(films.length * width);
  for (const [at, { sha256 }] of films.entries()) {
    rows.set(borderStatistics(await decodeFilm(sha256)), at * width);
    emit({ on: "progress", phase: "films", done: at + 1, total: films.length });
    await nextTurn();
    signal.throwIfAborted();
  }
  const bytes = Buffer.from(rows.buffer);
  return { object: { sha256: await objectStore().put(bytes), bytes: bytes.length }, width };
}
