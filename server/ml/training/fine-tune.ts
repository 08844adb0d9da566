import { type Head, headArrays, predictHead } from "../head";
import type { TrainableBase } from "../networks/trainable-base";
import { classWeights } from "./class-weights";
import { type EpochHooks, runEpochs, type Trainee, type TrainingOutcome } from "./epochs";
import { dropoutMask, gatherLabels } from "./gather";
import { type HeadGradients, headStep } from "./head-step";
import type { TrainingOptions } from "./options";
import { evaluateHead } from "./validation";

/** Preprocessed images [size, size, channels] one after the other, made while the engine works on those before. */
export type ImageStream = AsyncIterable<Float32Array>;

export type FineTuning = EpochHooks & {
  /** Moved in place, as is the head. */
  readonly base: TrainableBase;
  readonly head: Head;
  readonly labels: Int32Array; // [n], of the training images
  /** Training images in the order of an epoch. */
  readonly images: (order: readonly number[], epoch: number) => ImageStream;
  readonly validation: { readonly labels: Int32Array; readonly images: () => ImageStream };
  readonly options: TrainingOptions;
};

/**
 * Goes on with a trained head and the base below it together, at a small rate. BatchNorm keeps its statistics.
 * @throws ExpectedFailure "invalid" for options or a loss that is not finite; the signal's reason when aborted
 */
export async function fineTune(tuning: FineTuning): Promise<TrainingOutcome> {
  const { base, head, labels, options, validation } = tuning;
  const byClass = classWeights(labels, head.classes, options.classWeights);
  let images: AsyncIterator<Float32Array> | undefined;
  const trainee: Trainee = {
    labels,
    weights: [...base.weights, ...headArrays(head)],
    begin(order, epoch) {
      images = tuning.images(order, epoch)[Symbol.asyncIterator]();
    },
    async step(rows, _epoch, chance) {
      const batch = {
        labels: gatherLabels(labels, rows),
        classWeights: byClass,
        loss: options.loss,
        penalty: options,
        mask: dropoutMask(rows.length * head.hidden, options.dropout, chance),
      };
      let result: HeadGradients | undefined;
      const gradients = base.gradients(await nextImages(images, rows.length), (features) => {
        result = headStep(head, { ...batch, features }, true);
        return result.byFeatures ?? new Float32Array();
      });
      if (!result) throw new Error("The head was not run");
      return { ...result, gradients: [...gradients, ...result.byWeight] };
    },
    async validate() {
      const count = validation.labels.length;
      if (count === 0) return null;
      const features = await streamedFeatures(base, validation.images(), count);
      return evaluateHead(head, features, validation.labels, options.loss);
    },
  };
  return runEpochs(trainee, options, tuning);
}

/** Class probabilities [count, classes] of a stream of images by a base as it is now. */
export async function predictStream(
  base: TrainableBase,
  head: Head,
  images: ImageStream,
  count: number,
): Promise<Float32Array> {
  return predictHead(head, await streamedFeatures(base, images, count));
}

/** Images that run through the base at once. */
const batch = 8;

async function streamedFeatures(
  base: TrainableBase,
  stream: ImageStream,
  count: number,
): Promise<Float32Array> {
  const images = stream[Symbol.asyncIterator]();
  const parts: Float32Array[] = [];
  for (let first = 0; first < count; first += batch) {
    parts.push(base.features(await nextImages(images, Math.min(batch, count - first))));
  }
  const width = (parts[0]?.length ?? 0) / Math.min(batch, count);
  const features = new Float32Array(count * width);
  for (const [at, part] of parts.entries()) features.set(part, at * batch * width);
  return features;
}

/** The next images of a stream as one array [count, size, size, channels]. */
async function nextImages(
  images: AsyncIterator<Float32Array> | undefined,
  count: number,
): Promise<Float32Array> {
  let all = new Float32Array();
  for (let at = 0; at < count; at++) {
    const next = await images?.next();
    if (!next || next.done) throw new Error(`The images ended after ${at} of ${count}`);
    if (at === 0) all = new Float32Array(count * next.value.length);
    all.set(next.value, at * next.value.length);
  }
  return all;
}
