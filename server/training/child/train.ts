import type { Head } from "@/server/ml/head";
import { encodeModel, type StoredModel } from "@/server/ml/model-file";
import type { Base } from "@/server/ml/networks/network";
import { objectStore } from "@/server/storage/open";
import { evaluate } from "./evaluate";
import { explainOne } from "./explain";
import { rowsOfPart } from "./parts";
import type { SaliencyMap, StoredObject, TaskEvent, TrainResult, TrainTask } from "./protocol";
import { trainOnFeatures } from "./train-on-features";
import { trainOnFilms } from "./train-on-films";

/** What training leaves, whichever way it went. */
export type Trained = {
  readonly damaged?: undefined;
  readonly base: Base;
  readonly head: Head;
  readonly keptEpoch: number;
  /** How the stored model holds its base. */
  readonly stored: StoredModel["base"];
  /** [images, classes], in the run's order of images. */
  readonly probabilities: Float32Array;
  /** The network's input of one image, by its place. */
  inputOf(at: number): Promise<Float32Array>;
};

type Context = { emit(event: TaskEvent): void; signal: AbortSignal };

/**
 * Trains a run from its checkpoint to its end: model, predictions of every part, metrics, and saliency maps of
 * the misclassified test images.
 * @throws ExpectedFailure for a loss that is not finite, a film that cannot be used; the signal's reason
 */
export async function train(task: TrainTask, context: Context): Promise<TrainResult> {
  const trained = task.features
    ? await trainOnFeatures(task, task.features, context)
    : await trainOnFilms(task, context);
  if (trained.damaged) return { damaged: trained.damaged };
  const { probabilities, keptEpoch } = trained;
  const metrics = await evaluate(task, probabilities, context);
  return {
    damaged: null,
    model: await storeModel(task, trained),
    probabilities,
    metrics,
    keptEpoch,
    maps: await explainErrors(task, trained, context),
  };
}

async function storeModel(task: TrainTask, { head, stored }: Trained): Promise<StoredObject> {
  const { network, preprocess } = task.configuration;
  const bytes = encodeModel({
    network,
    preprocess,
    classes: task.classes,
    threshold: null,
    base: stored,
    head,
  });
  return { sha256: await objectStore().put(bytes), bytes: bytes.length };
}

/** Maps beyond this many come later, in a job of their own, so that the run's figures need not wait. */
const mostErrors = 60;

async function explainErrors(
  task: TrainTask,
  trained: Trained,
  { emit, signal }: Context,
): Promise<SaliencyMap[]> {
  const { images, classes } = task;
  const predicted = (at: number) => largestAt(trained.probabilities, at, classes.length);
  const wrong = rowsOfPart(images, 2).filter((at) => predicted(at) !== images.label[at]);
  const maps: SaliencyMap[] = [];
  for (const at of wrong.slice(0, mostErrors)) {
    signal.throwIfAborted();
    const film = {
      imageId: images.ids[at] ?? 0,
      sha256: images.sha256[at] ?? "",
      classIndex: predicted(at),
    };
    maps.push(await explainOne(trained, film, await trained.inputOf(at), "hirescam"));
    emit({ on: "progress", phase: "saliency", done: maps.length, total: Math.min(wrong.length, mostErrors) });
  }
  return maps;
}

/** The most probable class of an image; the first of equals. */
function largestAt(probabilities: Float32Array, at: number, classes: number): number {
  const own = probabilities.subarray(at * classes, (at + 1) * classes);
  return own.indexOf(Math.max(...own));
}
