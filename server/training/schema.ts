import { z } from "zod";
import { type MetricName, metricNames } from "@/server/ml/metric-names";
import { poolings } from "@/server/ml/pooling";
import { preprocessNames } from "@/server/ml/preprocess-names";
import { type SaliencyMethod, saliencyMethods } from "@/server/ml/saliency-methods";
import { lossNames } from "@/server/ml/training/loss";
import { samplings } from "@/server/ml/training/sampling";
import { splitReference } from "@/server/splits/schema";
import { fineTunableStages, networkNames } from "./networks";

export { lossNames, type MetricName, metricNames, poolings, type SaliencyMethod, saliencyMethods, samplings };

/** Whole-number options as they come from a form or a shell: empty means "the default". */
const count = (max: number) => z.coerce.number().int().min(1).max(max).optional();

const penalty = z.coerce.number().min(0).max(10).optional();

export const devices = ["any", "gpu"] as const;

export const launchInput = z.object({
  split: splitReference,
  network: z.enum(networkNames),
  /** Name of imported weights; without, a frozen network keeps its random ones. */
  weights: z.string().trim().min(1).optional(),
  preset: z.enum(["published"]).optional(),
  pooling: z.enum(poolings).optional(),
  epochs: count(1000),
  batchSize: count(1024),
  learningRate: z.coerce.number().positive().max(10).optional(),
  optimizer: z.enum(["adam", "sgd"]).optional(),
  /** Keras' time decay; learning rate ÷ epochs where it is not said. */
  decay: z.coerce.number().min(0).max(1).optional(),
  dropout: z.coerce.number().min(0).lt(1).optional(),
  hidden: count(4096),
  loss: z.enum(lossNames).optional(),
  l1: penalty,
  l2: penalty,
  classWeights: z.enum(["balanced", "none"]).optional(),
  sampling: z.enum(samplings).optional(),
  /** Seeded, rotated copies of each training image, beside the plain one. */
  augmentedViews: z.coerce.number().int().min(0).max(16).optional(),
  /** Largest rotation either way, in degrees. */
  rotation: z.coerce.number().min(0).max(45).optional(),
  earlyStopping: count(1000),
  /** Trains the base too, once the head is: "whole", or from this of its stages on. */
  fineTune: z.enum(["none", "whole", ...fineTunableStages]).optional(),
  fineTuneEpochs: count(1000),
  fineTuneLearningRate: z.coerce.number().positive().max(10).optional(),
  fineTuneBatchSize: count(1024),
  /** "gpu" waits for a worker that has one. */
  device: z.enum(devices).optional(),
  seed: z.coerce.number().int().min(0).max(2_147_483_647).default(42),
  /** The same key sent twice launches one run. */
  idempotencyKey: z.uuid().optional(),
});
export type LaunchInput = z.output<typeof launchInput>;

export const cancelInput = z.object({ run: z.number().int().positive() });

const runStatuses = ["queued", "running", "done", "failed", "cancelled"] as const;
export type RunStatus = (typeof runStatuses)[number];

export const isOver = (status: RunStatus): boolean => status !== "queued" && status !== "running";

/** All that decides a run's numbers beside its split and its engine; stored with every default spelt out. */
export const runConfiguration = z.object({
  preset: z.enum(["published"]).nullable(),
  network: z.enum(networkNames),
  /** Null: trained from scratch, or a frozen base with random weights. */
  weights: z.object({ name: z.string(), sha256: z.string() }).nullable(),
  preprocess: z.enum(preprocessNames),
  /** Runs from before there was a choice took the mean. */
  pooling: z.enum(poolings).default("gap"),
  augmentedViews: z.number(),
  rotation: z.number(),
  /** What follows the head's training; `from` null is the whole base. Runs from before there was a choice did without. */
  fineTuning: z
    .object({
      from: z.string().nullable(),
      epochs: z.number(),
      learningRate: z.number(),
      batchSize: z.number(),
    })
    .nullable()
    .default(null),
  /** What it may be trained on; before there was a choice, anything. */
  device: z.enum(devices).default("any"),
  training: z.object({
    epochs: z.number(),
    batchSize: z.number(),
    optimizer: z.enum(["adam", "sgd"]),
    learningRate: z.number(),
    /** Keras' time decay; the rate at step t is learningRate ÷ (1 + decay · t). */
    decay: z.number(),
    dropout: z.number(),
    hidden: z.number(),
    classWeights: z.enum(["balanced", "none"]),
    // Runs from before these were options did without.
    sampling: z.enum(samplings).default("all"),
    loss: z.enum(lossNames),
    l1: z.number().default(0),
    l2: z.number().default(0),
    earlyStopping: z.object({ patience: z.number() }).optional(),
    seed: z.number(),
  }),
});
export type RunConfiguration = z.output<typeof runConfiguration>;

export const engineSchema = z.object({
  name: z.string(),
  version: z.string(),
  device: z.string(),
  library: z.string(),
  why: z.string(),
});
export type RunEngine = z.output<typeof engineSchema>;

/** What a run is at, in the order in which it comes to it. */
const runPhases = [
  "gpu",
  "starting",
  "features",
  "films",
  "training",
  "fine-tuning",
  "evaluation",
  "saliency",
] as const;
export type RunPhase = (typeof runPhases)[number];

export type RunProgress = {
  readonly phase: RunPhase;
  readonly done: number;
  readonly total: number;
  /** Of this phase; absent until there is something to judge by. */
  readonly secondsLeft?: number;
  /** Of features: the pieces in which they are extracted, and how many workers are at them. */
  readonly shards?: { readonly done: number; readonly total: number; readonly workers: number };
};

export type RunEpoch = {
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly valLoss: number | null;
  readonly valAccuracy: number | null;
  /** Whether the base was trained in it too. */
  readonly fineTuned: boolean;
};

export type RunLogLine = {
  readonly id: number;
  readonly at: string;
  readonly level: "info" | "warn" | "error";
  readonly line: string;
};

/** A metric with its 95% interval; null where it is not defined, with the reason. */
const metricSchema = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  reason: z.string().optional(),
});
export type MetricValue = z.output<typeof metricSchema>;

const partMetrics = z.object({
  images: z.number(),
  patients: z.number(),
  /** Rows: truth, columns: prediction, both in the run's order of classes. */
  confusion: z.array(z.array(z.number())),
  /** Those of two classes are about the first one, the positive. */
  metrics: z.record(z.enum(metricNames), metricSchema),
  report: z.array(
    z.object({
      /** A class, or "macro average", "weighted average". */
      name: z.string(),
      precision: z.number().nullable(),
      recall: z.number().nullable(),
      f1: z.number().nullable(),
      support: z.number(),
    }),
  ),
});
export type PartMetrics = z.output<typeof partMetrics>;

/** A slice of the test part: whether the model does as well on everybody. */
const subgroupMetrics = z.object({
  /** What the slice is by. */
  by: z.enum(["dataset", "view", "sex", "patient"]),
  value: z.string(),
  images: z.number(),
  patients: z.number(),
  accuracy: metricSchema,
  sensitivity: metricSchema,
  specificity: metricSchema,
  auc: metricSchema,
});
export type SubgroupMetrics = z.output<typeof subgroupMetrics>;

export const runMetrics = z.object({
  /** How the intervals were drawn. */
  bootstrap: z.object({ draws: z.number(), seed: z.number(), groups: z.literal("patient") }),
  parts: z.object({ train: partMetrics, validation: partMetrics, test: partMetrics }),
  /** Of the test part. */
  subgroups: z.array(subgroupMetrics),
});
export type RunMetrics = z.output<typeof runMetrics>;

/** What the live page and its event stream show of a run. */
export type RunState = {
  readonly id: number;
  readonly status: RunStatus;
  readonly progress: RunProgress | null;
  readonly engine: RunEngine | null;
  readonly error: string | null;
  readonly attempt: number;
  readonly cancelRequested: boolean;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
};
