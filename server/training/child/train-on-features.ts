import { predictHead } from "@/server/ml/head";
import { networkSpec } from "@/server/ml/networks/registry";
import { pooledWidth } from "@/server/ml/pooling";
import { gatherLabels, gatherRows } from "@/server/ml/training/gather";
import { trainHead } from "@/server/ml/training/train-head";
import { openBase, storedBase } from "./base";
import { courseOf } from "./checkpoint";
import { loadFilm } from "./films";
import { rowsOfPart } from "./parts";
import type { FeaturePlaces, TaskEvent, TrainTask } from "./protocol";
import { readFeatures } from "./stored-features";
import type { Trained } from "./train";

/** Trains a head on stored features of a frozen base. */
export async function trainOnFeatures(
  task: TrainTask,
  places: readonly FeaturePlaces[],
  context: { emit(event: TaskEvent): void; signal: AbortSignal },
): Promise<Trained | { readonly damaged: readonly string[] }> {
  const { network, preprocess, pooling, training } = task.configuration;
  const { featureMap, inputSize } = networkSpec(network);
  const width = pooledWidth(pooling, featureMap);
  const stored = await readFeatures(places, width);
  if (stored.damaged) return { damaged: stored.damaged };
  const [plain = new Float32Array(), ...turned] = stored.views;
  const train = rowsOfPart(task.images, 0);
  const validation = rowsOfPart(task.images, 1);
  const { head, keptEpoch } = await trainHead({
    ...(await courseOf(task, context)),
    // As published: with augmentation every epoch sees turned films, and the plain ones only judge.
    features: (turned.length > 0 ? turned : [plain]).map((view) => gatherRows(view, width, train)),
    labels: gatherLabels(task.images.label, train),
    width,
    pooling,
    classes: task.classes.length,
    validation: {
      features: gatherRows(plain, width, validation),
      labels: gatherLabels(task.images.label, validation),
    },
    options: training,
  });
  return {
    base: await openBase(task.base),
    head,
    keptEpoch,
    stored: storedBase(task.base),
    probabilities: predictHead(head, plain),
    inputOf: (at) => loadFilm(task.images.sha256[at] ?? "", preprocess, inputSize),
  };
}
