import { ExpectedFailure } from "@/server/lib/errors";
import { type Head, headArrays, newHead } from "../head";
import type { Pooling } from "../pooling";
import { deriveSeed, type Random, seededRandom } from "../random";
import { classWeights } from "./class-weights";
import { type EpochHooks, runEpochs, type Trainee, type TrainingOutcome } from "./epochs";
import { dropoutMask, gatherLabels, gatherRows } from "./gather";
import { headStep } from "./head-step";
import type { TrainingOptions } from "./options";
import { evaluateHead } from "./validation";

export type HeadTraining = EpochHooks & {
  /** Pooled features [n, width], one array per augmentation view; epoch e trains on view e mod K. */
  readonly features: readonly Float32Array[];
  /** Where in the features each label's row stands; without, the n rows are those of the labels. */
  readonly rows?: readonly number[];
  readonly labels: Int32Array; // [n], 0 … classes − 1
  readonly width: number;
  readonly classes: number;
  /** Features [m, width] of the plain view and labels [m]; m may be 0. */
  readonly validation: { readonly features: Float32Array; readonly labels: Int32Array };
  readonly options: TrainingOptions;
  /** How the features were pooled, for whoever uses the head on images later; the mean by default. */
  readonly pooling?: Pooling;
  /** Where the first weights come from; by default a generator seeded by the options. */
  readonly random?: Random;
  /** First weights of the caller's instead, copied: to go on from another head, or to compare engines. */
  readonly initial?: Head;
};

export type TrainedHead = TrainingOutcome & { readonly head: Head };

/**
 * Trains a head (dense ReLU, dropout, softmax) on features that were extracted once.
 * @throws ExpectedFailure "invalid" for shapes that do not fit, options, or a loss that is not finite; the
 * signal's reason when aborted.
 */
export async function trainHead(training: HeadTraining): Promise<TrainedHead> {
  const { width, classes, options, labels, rows: places, validation, pooling = "gap" } = training;
  checkShapes(training);
  const random = training.random ?? seededRandom(deriveSeed(options.seed, 0));
  const shape = { pooling, width, hidden: options.hidden, classes };
  const head = copyHead(training.initial ?? newHead(shape, random));
  const weights = classWeights(labels, classes, options.classWeights);
  const trainee: Trainee = {
    labels,
    weights: headArrays(head),
    step(rows, epoch, chance) {
      const view = training.features[epoch % training.features.length] ?? new Float32Array();
      const batch = {
        features: gatherRows(view, width, places ? rows.map((row) => places[row] ?? 0) : rows),
        labels: gatherLabels(labels, rows),
        classWeights: weights,
        loss: options.loss,
        penalty: options,
        mask: dropoutMask(rows.length * head.hidden, options.dropout, chance),
      };
      const { byWeight, ...result } = headStep(head, batch, false);
      return { ...result, gradients: byWeight };
    },
    validate: () => evaluateHead(head, validation.features, validation.labels, options.loss),
  };
  const outcome = await runEpochs(trainee, options, training);
  return { ...outcome, head };
}

function copyHead(head: Head): Head {
  return {
    ...head,
    hiddenKernel: head.hiddenKernel.slice(),
    hiddenBias: head.hiddenBias.slice(),
    outputKernel: head.outputKernel.slice(),
    outputBias: head.outputBias.slice(),
  };
}

function checkShapes({ features, rows, labels, width, validation }: HeadTraining): void {
  const expected = labels.length * width;
  const needed = (rows?.reduce((most, row) => Math.max(most, row + 1), 0) ?? 0) * width;
  const wrong = features.find((view) => (rows ? view.length < needed : view.length !== expected));
  if (rows && rows.length !== labels.length)
    throw new ExpectedFailure("invalid", `${labels.length} labels have ${rows.length} rows of features.`);
  if (features.length === 0 || wrong) {
    const got = wrong ? `${wrong.length} numbers` : "no view";
    throw new ExpectedFailure(
      "invalid",
      `Features of ${labels.length} images × ${width} were expected, got ${got}.`,
    );
  }
  if (validation.features.length !== validation.labels.length * width) {
    throw new ExpectedFailure(
      "invalid",
      `Validation features of ${validation.labels.length} images × ${width} were expected, got ${validation.features.length} numbers.`,
    );
  }
}
