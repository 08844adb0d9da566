import { sql } from "drizzle-orm";
import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { created, moment, numberedKey, reference } from "./columns";
import { images } from "./films";
import { labelSets } from "./labels";
import { leakReasons, type SplitAudit, type SplitSummary } from "./split-facts";

export const cohorts = pgTable("cohorts", {
  id: numberedKey(),
  name: text().notNull().unique(),
  source: text({ enum: ["csv", "rule", "images"] }).notNull(),
  rule: jsonb().$type<Record<string, unknown>>().notNull(),
  labelSetId: reference().references(() => labelSets.id),
  /** In the order in which models number them. Of two classes the first is the positive one. */
  classes: jsonb().$type<string[]>().notNull(),
  images: integer().notNull(),
  patients: integer().notNull(),
  unmatched: jsonb()
    .$type<{ count: number; rows: { line: number; path: string; reason: string }[] }>()
    .notNull(),
  /** Dataset name → version when it was drawn. */
  datasetVersions: jsonb().$type<Record<string, number>>().notNull(),
  createdBy: text().notNull(),
  createdAt: created(),
});

// Rows of a cohort and of a split come in by the hundred thousand, in the transaction that makes the cohort or
// split itself; neither is ever deleted. Checking each row's parent took longer than writing the rows.
export const cohortImages = pgTable(
  "cohort_images",
  {
    cohortId: reference().notNull(),
    imageId: reference()
      .notNull()
      .references(() => images.id),
    /** Index into the cohort's classes. */
    classIndex: smallint().notNull(),
  },
  (table) => [primaryKey({ columns: [table.cohortId, table.imageId] })],
);

export const parts = ["train", "validation", "test"] as const;
export type Part = (typeof parts)[number];

export const splits = pgTable("splits", {
  id: numberedKey(),
  name: text().notNull().unique(),
  cohortId: reference()
    .notNull()
    .references(() => cohorts.id),
  strategy: text({ enum: ["random", "patient"] }).notNull(),
  /** What keeps its share in every part. */
  stratify: text({ enum: ["none", "class", "class-source"] })
    .notNull()
    .default("class"),
  /** Whole percentages that add up to 100. */
  shares: jsonb().$type<Record<Part, number>>().notNull(),
  seed: integer().notNull(),
  mendedFromId: reference(),
  /** Counts per part and class, and the audit, worked out once: a split never changes. */
  summary: jsonb().$type<SplitSummary>().notNull(),
  audit: jsonb().$type<SplitAudit>(),
  createdBy: text().notNull(),
  createdAt: created(),
});

export const splitImages = pgTable(
  "split_images",
  {
    splitId: reference().notNull(),
    imageId: reference().notNull(),
    /** Index into `parts`. */
    part: smallint().notNull(),
    classIndex: smallint().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.splitId, table.imageId] }),
    index("split_images_image").on(table.imageId),
  ],
);

/** One row per image of validation or test with a group member in training: the nearest such sibling. */
export const splitLeaks = pgTable(
  "split_leaks",
  {
    splitId: reference().notNull(),
    imageId: reference().notNull(),
    trainImageId: reference().notNull(),
    /** `group`: neither the same patient nor the same film, but linked through a third image. */
    reason: text({ enum: leakReasons }).notNull(),
    part: smallint().notNull(),
    classIndex: smallint().notNull(),
    /** Between the two studies; null when a day is not known. */
    daysApart: integer(),
    /** Place in the list: same film first, then by days apart. */
    position: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.splitId, table.imageId] }),
    uniqueIndex("split_leaks_order").on(table.splitId, table.position),
  ],
);

export const weights = pgTable("weights", {
  id: numberedKey(),
  name: text().notNull().unique(),
  network: text().notNull(),
  format: text().notNull(),
  objectSha256: text().notNull(),
  parameters: integer().notNull(),
  preprocess: text().notNull(),
  missing: jsonb().$type<string[]>().notNull(),
  unused: jsonb().$type<string[]>().notNull(),
  /** Behind what the last map is taken. "bn": the model had no ReLU behind its last BatchNorm. */
  ends: text({ enum: ["relu", "bn"] })
    .notNull()
    .default("relu"),
  /** What the file's classifier told apart, in its order ("" for an output never trained); null: unknown. */
  outputs: jsonb().$type<string[]>(),
  createdBy: text().notNull(),
  createdAt: created(),
});

type EngineFacts = { name: string; version: string; device: string; library: string; why: string };

export const runs = pgTable(
  "runs",
  {
    id: numberedKey(),
    splitId: reference()
      .notNull()
      .references(() => splits.id),
    labelSetId: reference().references(() => labelSets.id),
    network: text().notNull(),
    /** Null: random weights, and the page says so. */
    weightsId: reference().references(() => weights.id),
    /** All training options, the seed among them, and what the defaults were. */
    configuration: jsonb().$type<Record<string, unknown>>().notNull(),
    seed: integer().notNull(),
    classes: jsonb().$type<string[]>().notNull(),
    datasetVersions: jsonb().$type<Record<string, number>>().notNull(),
    codeVersion: text().notNull(),
    status: text({ enum: ["queued", "running", "done", "failed", "cancelled"] }).notNull(),
    /** name, version, device, library, why: filled in by the worker that took it. */
    engine: jsonb().$type<EngineFacts>(),
    /** Whoever holds it may write; a worker that comes back late may not. */
    leaseToken: uuid(),
    leaseExpiresAt: moment(),
    /** Tries since it last came forward (an epoch or a shard of features). */
    attempt: integer().notNull().default(0),
    cancelRequestedAt: moment(),
    checkpointSha256: text(),
    checkpointEpoch: integer(),
    progress: jsonb().$type<{
      phase:
        | "gpu"
        | "starting"
        | "features"
        | "films"
        | "training"
        | "fine-tuning"
        | "evaluation"
        | "saliency";
      done: number;
      total: number;
      secondsLeft?: number;
      shards?: { done: number; total: number; workers: number };
    }>(),
    /** Extraction and training; `extracted` counts the feature rows that were not there already. */
    seconds: jsonb().$type<{ features: number; training: number; extracted: number }>(),
    modelSha256: text(),
    /** Per part: the metrics with their intervals. */
    metrics: jsonb().$type<Record<string, unknown>>(),
    error: text(),
    /** The same launch sent twice makes one run. */
    idempotencyKey: uuid().unique(),
    createdBy: text().notNull(),
    createdAt: created(),
    startedAt: moment(),
    finishedAt: moment(),
  },
  (table) => [index("runs_status").on(table.status, table.id), index("runs_split").on(table.splitId)],
);

export const runEpochs = pgTable(
  "run_epochs",
  {
    runId: reference()
      .notNull()
      .references(() => runs.id),
    epoch: integer().notNull(),
    loss: doublePrecision().notNull(),
    accuracy: doublePrecision().notNull(),
    valLoss: doublePrecision(),
    valAccuracy: doublePrecision(),
    /** Whether the base was trained in it too. */
    fineTuned: boolean().notNull().default(false),
    seconds: doublePrecision().notNull(),
    at: created(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.epoch] })],
);

export const runLog = pgTable(
  "run_log",
  {
    id: numberedKey(),
    runId: reference()
      .notNull()
      .references(() => runs.id),
    at: created(),
    level: text({ enum: ["info", "warn", "error"] }).notNull(),
    line: text().notNull(),
  },
  (table) => [index("run_log_run").on(table.runId, table.id)],
);

export const predictions = pgTable(
  "predictions",
  {
    runId: reference()
      .notNull()
      .references(() => runs.id),
    imageId: reference().notNull(),
    part: smallint().notNull(),
    classIndex: smallint().notNull(),
    predictedIndex: smallint().notNull(),
    /** One per class, in the run's order. */
    probabilities: real().array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.imageId] }),
    index("predictions_image").on(table.imageId),
    index("predictions_errors")
      .on(table.runId, table.part, table.imageId)
      .where(sql`${table.classIndex} <> ${table.predictedIndex}`),
  ],
);

export const workers = pgTable("workers", {
  id: uuid().primaryKey(),
  host: text().notNull(),
  pid: integer().notNull(),
  engine: jsonb().$type<EngineFacts>(),
  startedAt: created(),
  seenAt: created(),
});
