import { z } from "zod";
import { ExpectedFailure } from "@/server/lib/errors";
import type { NamedArray } from "./named-array";
import { packArrays, unpackArrays } from "./packed-arrays";
import { lossNames } from "./training/loss";
import type { EpochEvent, TrainingOptions } from "./training/options";
import { samplings } from "./training/sampling";

/** All that a run needs to go on after an epoch as if it had never stopped. */
export type TrainingState = {
  readonly options: TrainingOptions;
  /** Epochs of the head before fine-tuning began; 0 while the head itself is trained. */
  readonly before: number;
  /** Epochs done since; the generator of the next one follows from the seed and this. */
  readonly epoch: number;
  /** Optimizer steps done. */
  readonly step: number;
  readonly weights: readonly NamedArray[];
  readonly moments: readonly NamedArray[];
  /** The weights of the epoch with the lowest validation loss, where early stopping needs them. */
  readonly best: {
    readonly epoch: number;
    readonly valLoss: number;
    readonly weights: readonly NamedArray[];
  } | null;
  readonly history: readonly EpochEvent[];
};

/** One buffer with a SHA-256 inside, so that damage is found when it is read. */
export function encodeCheckpoint(state: TrainingState): Buffer {
  const { options, before, epoch, step, history, best } = state;
  const facts: Facts = {
    options,
    before,
    epoch,
    step,
    history: [...history],
    best: best && { epoch: best.epoch, valLoss: best.valLoss },
    counts: [state.weights.length, state.moments.length],
  };
  return packArrays(magic, facts, [...state.weights, ...state.moments, ...(best?.weights ?? [])]);
}

/** @throws ExpectedFailure "invalid" for another kind of file, or one that is damaged or from another version. */
export function decodeCheckpoint(buffer: Uint8Array): TrainingState {
  const { facts, arrays } = unpackArrays(magic, "The checkpoint", buffer);
  const parsed = factsSchema.safeParse(facts);
  if (!parsed.success) throw new ExpectedFailure("invalid", "The checkpoint is from another version.");
  const { counts, best, ...rest } = parsed.data;
  const [weights, moments] = counts;
  return {
    ...rest,
    weights: arrays.slice(0, weights),
    moments: arrays.slice(weights, weights + moments),
    best: best && { ...best, weights: arrays.slice(weights + moments) },
  };
}

const magic = "OVRDCKP1";

const optionsSchema: z.ZodType<TrainingOptions> = z.object({
  epochs: z.number(),
  batchSize: z.number(),
  optimizer: z.enum(["adam", "sgd"]),
  learningRate: z.number(),
  decay: z.number().optional(),
  dropout: z.number(),
  hidden: z.number(),
  classWeights: z.enum(["balanced", "none"]),
  // Checkpoints from before these were options did without.
  sampling: z.enum(samplings).default("all"),
  loss: z.enum(lossNames),
  l1: z.number().default(0),
  l2: z.number().default(0),
  earlyStopping: z.object({ patience: z.number() }).optional(),
  seed: z.number(),
});

const factsSchema = z.object({
  options: optionsSchema,
  // Checkpoints from before there was fine-tuning are of heads.
  before: z.number().default(0),
  epoch: z.number(),
  step: z.number(),
  history: z.array(
    z.object({
      epoch: z.number(),
      loss: z.number(),
      accuracy: z.number(),
      valLoss: z.number().nullable(),
      valAccuracy: z.number().nullable(),
      seconds: z.number(),
    }),
  ),
  best: z.object({ epoch: z.number(), valLoss: z.number() }).nullable(),
  counts: z.tuple([z.number(), z.number()]),
});

type Facts = z.infer<typeof factsSchema>;
