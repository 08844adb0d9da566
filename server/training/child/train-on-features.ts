import type { TrainingState } from "@/server/ml/checkpoint";
import { headFromArrays, predictHead } from "@/server/ml/head";
import { networkSpec } from "@/server/ml/networks/registry";
import { pooledWidth } from "@/server/ml/pooling";
import { gatherLabels, gatherRows } from "@/server/ml/training/gather";
import { type TrainedHead, trainHead } from "@/server/ml/training/train-head";
import { openBase, storedBase } from "./base";
import { courseOf, readCheckpoint } from "./checkpoint";
import { loadFilm } from "./films";
import { fineTuneBase } from "./fine-tune-base";
import { rowsOfPart } from "./parts";
import type { FeaturePlaces, TaskEvent, TrainTask } from "./protocol";
import { readFeatures } from "./stored-features";
import type { Trained } from "./train";

type Context = { emit(event: TaskEvent): void; signal: AbortSignal };

/** Trains a head on stored features of a frozen base, and then, where that was asked for, the base with it. */
export async function trainOnFeatures(
  task: TrainTask,
  places: readonly FeaturePlaces[],
  context: Context,
): Promise<Trained | { readonly damaged: readonly string[] }> {
  const { network, preprocess, pooling, fineTuning } = task.configuration;
  const resume = await readCheckpoint(task, context);
  if (fineTuning && resume && resume.before > 0) {
    const head = headFromArrays(resume.weights, pooling);
    return fineTuneBase(task, fineTuning, { head, epochs: resume.before }, resume, context);
  }
  const { featureMap, inputSize } = networkSpec(network);
  const width = pooledWidth(pooling, featureMap);
  const stored = await readFeatures(places, width);
  if (stored.damaged) return { damaged: stored.damaged };
  const { head, keptEpoch, history } = await trainOn(task, stored.views, width, resume, context);
  if (fineTuning) {
    return fineTuneBase(task, fineTuning, { head, epochs: history.length }, undefined, context);
  }
  return {
    base: await openBase(task.base),
    head,
    keptEpoch,
    stored: storedBase(task.base),
    probabilities: predictHead(head, stored.views[0] ?? new Float32Array()),
    inputOf: (at) => loadFilm(task.images.sha256[at] ?? "", preprocess, inputSize),
  };
}

function trainOn(
  { configuration, images, classes }: TrainTask,
  [plain = new Float32Array(), ...turned]: readonly Float32Array[],
  width: number,
  resume: TrainingState | undefined,
  context: Context,
): Promise<TrainedHead> {
  const { pooling, training } = configuration;
  const train = rowsOfPart(images, 0);
  const validation = rowsOfPart(images, 1);
  const stretch = { phase: "training", before: 0, epochs: training.epochs, perEpoch: 1 } as const;
  return trainHead({
    ...courseOf(stretch, resume, context),
    // As published: with augmentation every epoch sees turned films, and the plain ones only judge.
    features: (turned.length > 0 ? turned : [plain]).map((view) => gatherRows(view, width, train)),
    labels: gatherLabels(images.label, train),
    width,
    pooling,
    classes: classes.length,
    validation: {
      features: gatherRows(plain, width, validation),
      labels: gatherLabels(images.label, validation),
    },
    options: training,
  });
}
