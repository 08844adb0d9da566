import type { TrainingState } from "@/server/ml/checkpoint";
import type { Head } from "@/server/ml/head";
import { networkSpec } from "@/server/ml/networks/registry";
import { fineTune, type ImageStream, predictStream } from "@/server/ml/training/fine-tune";
import { gatherLabels } from "@/server/ml/training/gather";
import type { RunConfiguration } from "../schema";
import { buildBase, openTrainable } from "./base";
import { courseOf } from "./checkpoint";
import { loadFilm } from "./films";
import { rowsOfPart } from "./parts";
import { preparedViews } from "./prepared-views";
import type { TaskEvent, TrainTask } from "./protocol";
import type { Trained } from "./train";

type Options = NonNullable<RunConfiguration["fineTuning"]>;
type Context = { emit(event: TaskEvent): void; signal: AbortSignal };

/**
 * Goes on from a trained head with the base below it. Films are decoded anew in each epoch, in a thread beside the
 * engine, so that memory does not grow with the cohort.
 * @param trained the head, and how many epochs it took
 * @throws ExpectedFailure for a loss that is not finite, a film that cannot be used; the signal's reason
 */
export async function fineTuneBase(
  task: TrainTask,
  options: Options,
  trained: { readonly head: Head; readonly epochs: number },
  resume: TrainingState | undefined,
  context: Context,
): Promise<Trained> {
  const { images, configuration } = task;
  const { head } = trained;
  const { base, ends } = await openTrainable(task.base, options.from, configuration.pooling);
  const train = rowsOfPart(images, 0);
  const validation = rowsOfPart(images, 1);
  const { from: _, ...course } = options;
  const stretch = {
    phase: "fine-tuning",
    before: trained.epochs,
    epochs: course.epochs,
    perEpoch: train.length,
  } as const;
  const { keptEpoch } = await fineTune({
    ...courseOf(stretch, resume, context),
    base,
    head,
    labels: gatherLabels(images.label, train),
    images: (order, epoch) => {
      const rows = order.map((at) => train[at] ?? 0);
      return counted(filmsOf(task, rows, viewOfEpoch(configuration, epoch)), (seen) => {
        const done = Math.min(epoch * train.length + seen, stretch.epochs * train.length);
        context.emit({ on: "progress", phase: "fine-tuning", done, total: stretch.epochs * train.length });
      });
    },
    validation: {
      labels: gatherLabels(images.label, validation),
      images: () => filmsOf(task, validation, 0),
    },
    options: { ...configuration.training, ...course, decay: course.learningRate / course.epochs },
  });
  const all = Array.from(images.ids.keys());
  const probabilities = await predictStream(base, head, filmsOf(task, all, 0), all.length);
  const weights = base.allWeights();
  base.dispose();
  const { network, preprocess } = configuration;
  return {
    base: await buildBase(network, weights, ends),
    head,
    keptEpoch,
    stored: { kind: "own", weights, ends },
    probabilities,
    inputOf: (at) => loadFilm(images.sha256[at] ?? "", preprocess, networkSpec(network).inputSize),
  };
}

/** As the head saw them: with augmentation the turned views in turn, else the plain one. */
function viewOfEpoch({ augmentedViews }: RunConfiguration, epoch: number): number {
  return augmentedViews > 0 ? 1 + (epoch % augmentedViews) : 0;
}

function filmsOf({ images, configuration }: TrainTask, rows: readonly number[], view: number): ImageStream {
  const { network, preprocess, rotation } = configuration;
  const { inputSize: size, channels } = networkSpec(network);
  const films = rows.map((at) => ({ sha256: images.sha256[at] ?? "", views: [view] }));
  return preparedViews(films, { preprocess, size, channels, rotation, look: "whole" });
}

/** Says after every eighth image how many there were. */
async function* counted(images: ImageStream, tell: (seen: number) => void): AsyncGenerator<Float32Array> {
  let seen = 0;
  for await (const image of images) {
    yield image;
    if (++seen % 8 === 0) tell(seen);
  }
}
