import { setImmediate as nextTurn } from "node:timers/promises";
import type { Head } from "@/server/ml/head";
import { decodeModel } from "@/server/ml/model-file";
import type { Base } from "@/server/ml/networks/network";
import { perturbationCurves } from "@/server/ml/perturbation";
import { predictImages } from "@/server/ml/predict";
import { deriveSeed, seededRandom } from "@/server/ml/random";
import { saliency } from "@/server/ml/saliency";
import { objectStore } from "@/server/storage/open";
import type { SaliencyMethod } from "../schema";
import { baseOfModel } from "./base";
import { loadFilm } from "./films";
import type { ExplainedFilm, ExplainTask, SaliencyCurves, SaliencyMap, TaskEvent } from "./protocol";

type Context = { emit(event: TaskEvent): void; signal: AbortSignal };
type Model = { readonly base: Base; readonly head: Head };

/**
 * Saliency maps of a stored model, then the deletion and insertion curves that are wanted, one event each.
 * @throws ExpectedFailure; the signal's reason between two
 */
export async function explainFilms(
  task: ExplainTask,
  { emit, signal }: Context,
): Promise<{ maps: number; curves: number }> {
  const model = decodeModel(await objectStore().get(task.modelSha256));
  const base = await baseOfModel(model);
  for (const film of task.films) {
    await nextTurn();
    signal.throwIfAborted();
    const input = await loadFilm(film.sha256, model.preprocess, base.spec.inputSize);
    emit({ on: "map", map: await explainOne({ base, head: model.head }, film, input, task.method) });
  }
  for (const film of task.measured) {
    const input = await loadFilm(film.sha256, model.preprocess, base.spec.inputSize);
    emit({ on: "curves", curves: await measureOne({ base, head: model.head }, film, input, task, signal) });
  }
  return { maps: task.films.length, curves: task.measured.length };
}

async function measureOne(
  { base, head }: Model,
  { imageId, classIndex }: ExplainedFilm,
  image: Float32Array,
  { method, seed }: ExplainTask,
  signal: AbortSignal,
): Promise<SaliencyCurves> {
  const { map: values, ...found } = saliency({ base, head, image, classIndex, method });
  const curves = await perturbationCurves({
    image,
    size: base.spec.inputSize,
    map: { values, ...found },
    random: seededRandom(deriveSeed(seed, imageId)),
    async predict(images) {
      await nextTurn();
      signal.throwIfAborted();
      return predictImages(base, head, images).filter((_, at) => at % head.classes === classIndex);
    },
  });
  return { imageId, method, classIndex, ...curves };
}

/** The map of one image, its raw values in the object store. */
export async function explainOne(
  { base, head }: Model,
  { imageId, classIndex }: ExplainedFilm,
  image: Float32Array,
  method: SaliencyMethod,
): Promise<SaliencyMap> {
  const { map, ...facts } = saliency({ base, head, image, classIndex, method });
  const bytes = Buffer.from(map.buffer, map.byteOffset, map.byteLength);
  const object = { sha256: await objectStore().put(bytes), bytes: bytes.length };
  return { imageId, classIndex, method, object, ...facts };
}
