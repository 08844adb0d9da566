import { setImmediate as nextTurn } from "node:timers/promises";
import type { Head } from "@/server/ml/head";
import { decodeModel } from "@/server/ml/model-file";
import type { Base } from "@/server/ml/networks/network";
import { saliency } from "@/server/ml/saliency";
import { objectStore } from "@/server/storage/open";
import type { SaliencyMethod } from "../schema";
import { baseOfModel } from "./base";
import { loadFilm } from "./films";
import type { ExplainedFilm, ExplainTask, SaliencyMap, TaskEvent } from "./protocol";

/** Saliency maps of a stored model, one event each. @throws ExpectedFailure; the signal's reason between two */
export async function explainFilms(
  task: ExplainTask,
  { emit, signal }: { emit(event: TaskEvent): void; signal: AbortSignal },
): Promise<{ maps: number }> {
  const model = decodeModel(await objectStore().get(task.modelSha256));
  const base = await baseOfModel(model);
  for (const film of task.films) {
    await nextTurn();
    signal.throwIfAborted();
    const input = await loadFilm(film.sha256, model.preprocess, base.spec.inputSize);
    emit({ on: "map", map: await explainOne({ base, head: model.head }, film, input, task.method) });
  }
  return { maps: task.films.length };
}

/** The map of one image, its raw values in the object store. */
export async function explainOne(
  { base, head }: { readonly base: Base; readonly head: Head },
  { imageId, classIndex }: ExplainedFilm,
  image: Float32Array,
  method: SaliencyMethod,
): Promise<SaliencyMap> {
  const { map, ...facts } = saliency({ base, head, image, classIndex, method });
  const bytes = Buffer.from(map.buffer, map.byteOffset, map.byteLength);
  const object = { sha256: await objectStore().put(bytes), bytes: bytes.length };
  return { imageId, classIndex, method, object, ...facts };
}
