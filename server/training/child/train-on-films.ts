import { totalmem } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";
import { ExpectedFailure } from "@/server/lib/errors";
import { compactBase, compactSpec } from "@/server/ml/networks/compact";
import { predictImages } from "@/server/ml/predict";
import { gatherLabels, gatherRows } from "@/server/ml/training/gather";
import { trainWhole } from "@/server/ml/training/train-whole";
import { courseOf, readCheckpoint } from "./checkpoint";
import { loadFilm } from "./films";
import { rowsOfPart } from "./parts";
import type { RunImages, TaskEvent, TrainTask } from "./protocol";
import type { Trained } from "./train";

const size = compactSpec.inputSize;
const pixels = size * size * compactSpec.channels;

type Context = { emit(event: TaskEvent): void; signal: AbortSignal };

/** Decodes every film into memory and trains the compact network on them, from scratch. */
export async function trainOnFilms(task: TrainTask, context: Context): Promise<Trained> {
  const films = await loadFilms(task.images, context);
  const train = rowsOfPart(task.images, 0);
  const validation = rowsOfPart(task.images, 1);
  const of = (rows: number[]) => ({
    images: gatherRows(films, pixels, rows),
    labels: gatherLabels(task.images.label, rows),
  });
  const { epochs } = task.configuration.training;
  const stretch = { phase: "training", before: 0, epochs, perEpoch: 1 } as const;
  const { head, weights, keptEpoch } = await trainWhole({
    ...of(train),
    ...courseOf(stretch, await readCheckpoint(task, context), context),
    classes: task.classes.length,
    pooling: task.configuration.pooling,
    validation: of(validation),
    options: task.configuration.training,
    augmentation: { rotation: task.configuration.rotation },
  });
  const base = compactBase(weights);
  return {
    base,
    head,
    keptEpoch,
    stored: { kind: "own", weights, ends: "relu" },
    probabilities: predictImages(base, head, films),
    inputOf: async (at) => films.subarray(at * pixels, (at + 1) * pixels),
  };
}

async function loadFilms(images: RunImages, { emit, signal }: Context): Promise<Float32Array> {
  const total = images.sha256.length;
  const bytes = total * pixels * Float32Array.BYTES_PER_ELEMENT;
  if (bytes > totalmem() / 3) {
    const gigabytes = (bytes / 2 ** 30).toFixed(1);
    throw new ExpectedFailure(
      "invalid",
      `${total} films take ${gigabytes} GiB of memory, too much for this machine: use a smaller cohort.`,
    );
  }
  const films = new Float32Array(total * pixels);
  for (const [at, sha256] of images.sha256.entries()) {
    films.set(await loadFilm(sha256, "compact", size), at * pixels);
    if (at % 32 > 0) continue;
    emit({ on: "progress", phase: "films", done: at, total });
    await nextTurn();
    signal.throwIfAborted();
  }
  return films;
}
