import { ExpectedFailure } from "@/server/lib/errors";
import type { LossName } from "./loss";
import type { Sampling } from "./sampling";

export type TrainingOptions = {
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: "adam" | "sgd";
  readonly learningRate: number;
  /** Keras' time decay: the rate at step t is learningRate ÷ (1 + decay · t). Default: learningRate ÷ epochs. */
  readonly decay?: number;
  /** Share of the hidden units that a training step leaves out, in [0, 1). */
  readonly dropout: number;
  /** Units of the hidden layer. */
  readonly hidden: number;
  readonly classWeights: "balanced" | "none";
  readonly sampling: Sampling;
  readonly loss: LossName;
  /** Penalties of the head's kernels: l1 · Σ|w| + l2 · Σw². */
  readonly l1: number;
  readonly l2: number;
  /** Ends after `patience` epochs without a lower validation loss, and gives the best epoch's weights back. */
  readonly earlyStopping?: { readonly patience: number };
  readonly seed: number;
};

/** What a run reports after each epoch. Epochs count from 1; losses are per image. */
export type EpochEvent = {
  readonly epoch: number;
  /** Mean loss as optimised, so with dropout, class weights and penalties. */
  readonly loss: number;
  readonly accuracy: number;
  /** Without any of them; null when there is no validation image. */
  readonly valLoss: number | null;
  readonly valAccuracy: number | null;
  readonly seconds: number;
};

/**
 * The published study's best run: of those with its highest validation accuracy, the one with the lowest
 * validation loss (Adam, 1e-3, batch 64, 50 epochs, no dropout, balanced classes).
 */
export const publishedOptions: TrainingOptions = {
  epochs: 50,
  batchSize: 64,
  optimizer: "adam",
  learningRate: 1e-3,
  dropout: 0,
  hidden: 64,
  classWeights: "balanced",
  sampling: "all",
  loss: "binary-crossentropy",
  l1: 0,
  l2: 0,
  seed: 1,
};

/** @throws ExpectedFailure "invalid" that names the first option no run can be made with. */
export function checkOptions(options: TrainingOptions): void {
  const rules: [boolean, string][] = [
    [isCount(options.epochs), `Epochs must be a whole number of at least 1, got ${options.epochs}.`],
    [
      isCount(options.batchSize),
      `Batch size must be a whole number of at least 1, got ${options.batchSize}.`,
    ],
    [options.learningRate > 0, `Learning rate must be above 0, got ${options.learningRate}.`],
    [(options.decay ?? 0) >= 0, `Decay must not be negative, got ${options.decay}.`],
    [options.dropout >= 0 && options.dropout < 1, `Dropout must be in [0, 1), got ${options.dropout}.`],
    [isCount(options.hidden), `Hidden units must be a whole number of at least 1, got ${options.hidden}.`],
    [
      options.l1 >= 0 && options.l2 >= 0,
      `L1 and L2 must not be negative, got ${options.l1} and ${options.l2}.`,
    ],
    [isCount(options.earlyStopping?.patience ?? 1), "Patience must be a whole number of at least 1."],
  ];
  const broken = rules.find(([holds]) => !holds);
  if (broken) throw new ExpectedFailure("invalid", broken[1]);
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}
