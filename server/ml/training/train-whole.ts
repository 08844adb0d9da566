import * as tf from "@tensorflow/tfjs-core";
import { ExpectedFailure } from "@/server/lib/errors";
import { type Head, headArrays, newHead } from "../head";
import type { NamedArray } from "../named-array";
import { compactBase, compactMap, compactSpec, compactTensors, newCompactWeights } from "../networks/compact";
import { poolTensor } from "../pool-tensor";
import { type Pooling, pooledWidth } from "../pooling";
import { pooledFeatures } from "../predict";
import { deriveSeed, type Random, seededRandom } from "../random";
import { rotateNearest } from "../rotate";
import { classWeights } from "./class-weights";
import { type EpochHooks, runEpochs, type Trainee, type TrainingOutcome } from "./epochs";
import { dropoutMask, gatherLabels, gatherRows } from "./gather";
import { headStep } from "./head-step";
import type { TrainingOptions } from "./options";
import { evaluateHead } from "./validation";

export type WholeTraining = EpochHooks & {
  readonly images: Float32Array; // [n, 96, 96, 1], preprocessed
  readonly labels: Int32Array; // [n], 0 … classes − 1
  readonly classes: number;
  /** Images [m, 96, 96, 1] and labels [m]; m may be 0. */
  readonly validation: { readonly images: Float32Array; readonly labels: Int32Array };
  readonly options: TrainingOptions;
  /** How the last map becomes the head's input; the mean by default. */
  readonly pooling?: Pooling;
  /** Each training image is turned by up to this many degrees either way, anew in each epoch. */
  readonly augmentation?: { readonly rotation: number };
  /** Where the first weights come from; by default a generator seeded by the options. */
  readonly random?: Random;
};

export type TrainedWhole = TrainingOutcome & {
  readonly head: Head;
  /** The compact network's own weights, for `compactBase`. */
  readonly weights: readonly NamedArray[];
};

/**
 * Trains the compact network and its head from scratch on the current engine.
 * @throws ExpectedFailure "invalid" for shapes that do not fit, options, or a loss that is not finite; the
 * signal's reason when aborted.
 */
export async function trainWhole(training: WholeTraining): Promise<TrainedWhole> {
  const { options, labels, classes, validation, pooling = "gap" } = training;
  checkShapes(training);
  const random = training.random ?? seededRandom(deriveSeed(options.seed, 0));
  const weights = newCompactWeights(random);
  const width = pooledWidth(pooling, compactSpec.featureMap);
  const head = newHead({ pooling, width, hidden: options.hidden, classes }, random);
  const byClass = classWeights(labels, classes, options.classWeights);
  const trainee: Trainee = {
    labels,
    weights: [...weights, ...headArrays(head)],
    step(rows, _epoch, chance) {
      const images = gatherRows(training.images, pixels, rows);
      turn(images, training.augmentation?.rotation ?? 0, chance);
      const mask = dropoutMask(rows.length * options.hidden, options.dropout, chance);
      const { loss } = options;
      const batch = {
        labels: gatherLabels(labels, rows),
        classWeights: byClass,
        loss,
        penalty: options,
        mask,
      };
      return wholeStep(images, weights, pooling, (features) => headStep(head, { ...batch, features }, true));
    },
    validate() {
      const base = compactBase(weights);
      try {
        const features = pooledFeatures(base, validation.images, 16, pooling);
        return evaluateHead(head, features, validation.labels, options.loss);
      } finally {
        base.dispose();
      }
    },
  };
  const outcome = await runEpochs(trainee, options, training);
  return { ...outcome, head, weights };
}

const size = compactSpec.inputSize;
const pixels = size * size * compactSpec.channels;

/**
 * One batch through the network and, by `headStep`, through the head, and back: the head is plain arithmetic,
 * so it enters the engine's gradient as one custom operation on the pooled features.
 */
function wholeStep(
  images: Float32Array,
  weights: readonly NamedArray[],
  pooling: Pooling,
  step: (features: Float32Array) => ReturnType<typeof headStep>,
): { loss: number; correct: number; gradients: Float32Array[] } {
  return tf.tidy(() => {
    const input = tf.tensor4d(images, [images.length / pixels, size, size, compactSpec.channels]);
    let result: ReturnType<typeof headStep> | undefined;
    const throughHead = tf.customGrad((features) => {
      if (!(features instanceof tf.Tensor)) throw new Error("The head got no features");
      const done = step(Float32Array.from(features.dataSync()));
      result = done;
      const byFeatures = done.byFeatures ?? new Float32Array();
      return {
        value: tf.scalar(done.loss),
        gradFunc: (dy: tf.Tensor) => tf.mul(dy, tf.tensor(byFeatures, features.shape)),
      };
    });
    const gradients = tf.grads((...tensors) => throughHead(poolTensor(compactMap(input, tensors), pooling)))(
      compactTensors(weights),
    );
    const byWeight = gradients.map((gradient) => Float32Array.from(gradient.dataSync()));
    if (!result) throw new Error("The head was not run");
    return {
      loss: result.loss,
      correct: result.correct,
      gradients: [...byWeight, ...result.byWeight],
    };
  });
}

function turn(images: Float32Array, rotation: number, chance: Random): void {
  if (rotation === 0) return;
  for (let first = 0; first < images.length; first += pixels) {
    const image = images.subarray(first, first + pixels);
    const degrees = (chance.uniform() * 2 - 1) * rotation;
    image.set(rotateNearest(image, size, compactSpec.channels, degrees));
  }
}

function checkShapes({ images, labels, validation }: WholeTraining): void {
  for (const part of [
    { what: "Training", images, labels },
    { what: "Validation", ...validation },
  ]) {
    if (part.images.length === part.labels.length * pixels) continue;
    throw new ExpectedFailure(
      "invalid",
      `${part.what} images: ${part.labels.length} of ${size} × ${size} were expected, got ${part.images.length} numbers.`,
    );
  }
}
