import { ExpectedFailure } from "@/server/lib/errors";
import { predictHead } from "@/server/ml/head";
import { networkSpec } from "@/server/ml/networks/registry";
import { type Pooling, pooledWidth } from "@/server/ml/pooling";
import { gatherLabels, gatherRows } from "@/server/ml/training/gather";
import { trainHead } from "@/server/ml/training/train-head";
import type { HeadResult, HeadTask, LoadTask } from "./protocol";
import { readFeatures } from "./stored-features";

type Loaded = {
  readonly views: readonly Float32Array[]; // [images, width] each, view 0 first
  readonly labels: Int32Array;
  readonly width: number;
  readonly pooling: Pooling;
  readonly classes: number;
};
let loaded: Loaded | undefined;

/** Reads a set of features into memory, in place of the one before; damaged shards are named, and nothing kept. */
export async function loadFeatures(task: LoadTask): Promise<{ readonly damaged: readonly string[] }> {
  loaded = undefined;
  const { pooling } = task;
  const width = pooledWidth(pooling, networkSpec(task.network).featureMap);
  const stored = await readFeatures(task.features, width);
  if (stored.damaged) return { damaged: stored.damaged };
  loaded = { views: stored.views, labels: task.labels, width, pooling, classes: task.classes };
  return { damaged: [] };
}

/**
 * Trains a head on the features in memory, as a run would with the same options.
 * @throws ExpectedFailure for a loss that is not finite; the signal's reason between two batches
 */
export async function trainLoadedHead(task: HeadTask, signal: AbortSignal): Promise<HeadResult> {
  if (!loaded) throw new ExpectedFailure("conflict", "No features are loaded.");
  const { views, labels, width, pooling, classes } = loaded;
  const [plain = new Float32Array(), ...turned] = views;
  const { head, history, keptEpoch } = await trainHead({
    signal,
    // As published: with augmentation every epoch sees turned films, and the plain ones only judge.
    features: turned.length > 0 ? turned : [plain],
    // Where they lie: a copy of them would take as much memory again.
    rows: task.train,
    labels: gatherLabels(labels, task.train),
    width,
    pooling,
    classes,
    validation: {
      features: gatherRows(plain, width, task.validation),
      labels: gatherLabels(labels, task.validation),
    },
    options: task.training,
  });
  return { history, keptEpoch, probabilities: predictHead(head, plain) };
}
