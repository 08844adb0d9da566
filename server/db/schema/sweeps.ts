import {
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { created, moment, numberedKey, reference } from "./columns";
import { runs, splits, weights } from "./experiments";

/** Many heads on the features of one split, to find the options that serve it best. */
export const sweeps = pgTable(
  "sweeps",
  {
    id: numberedKey(),
    splitId: reference()
      .notNull()
      .references(() => splits.id),
    network: text().notNull(),
    /** Null: random weights, and the page says so. */
    weightsId: reference().references(() => weights.id),
    plan: text({ enum: ["published", "random", "halving"] }).notNull(),
    /** What all trials have in common, every default spelt out; their own options stand with them. */
    configuration: jsonb().$type<Record<string, unknown>>().notNull(),
    classes: jsonb().$type<string[]>().notNull(),
    datasetVersions: jsonb().$type<Record<string, number>>().notNull(),
    codeVersion: text().notNull(),
    status: text({ enum: ["queued", "running", "done", "failed", "cancelled"] }).notNull(),
    engine: jsonb().$type<{
      name: string;
      version: string;
      device: string;
      library: string;
      why: string;
    }>(),
    /** Held by the one worker that extracts features; the trials have leases of their own. */
    leaseToken: uuid(),
    leaseExpiresAt: moment(),
    /** Of the extraction; how far the trials are is counted from them. */
    progress: jsonb().$type<{ done: number; total: number }>(),
    /** Extraction, and the rows that were not there already. */
    seconds: jsonb().$type<{ features: number; extracted: number }>(),
    error: text(),
    /** The same sweep sent twice makes one. */
    idempotencyKey: uuid().unique(),
    createdBy: text().notNull(),
    createdAt: created(),
    startedAt: moment(),
    finishedAt: moment(),
  },
  (table) => [index("sweeps_status").on(table.status, table.id)],
);

export const sweepTrials = pgTable(
  "sweep_trials",
  {
    id: numberedKey(),
    sweepId: reference()
      .notNull()
      .references(() => sweeps.id),
    /** From 1, in the order in which they are handed out. */
    number: integer().notNull(),
    /** Of successive halving: 0 for the first, shortest round. */
    round: smallint().notNull().default(0),
    parameters: jsonb()
      .$type<{
        learningRate: number;
        batchSize: number;
        epochs: number;
        dropout: number;
        optimizer: "adam" | "sgd";
      }>()
      .notNull(),
    status: text({ enum: ["waiting", "running", "done", "failed"] })
      .notNull()
      .default("waiting"),
    /** Whoever holds it may write; a worker that comes back late may not. */
    leaseToken: uuid(),
    leaseExpiresAt: moment(),
    /** Times that it was taken up without coming to an end. */
    attempt: integer().notNull().default(0),
    /** Per epoch. */
    curve: jsonb().$type<{
      loss: number[];
      accuracy: number[];
      valLoss: (number | null)[];
      valAccuracy: (number | null)[];
    }>(),
    /** What the trials are ranked by, of the weights that were kept. */
    valAccuracy: doublePrecision(),
    valLoss: doublePrecision(),
    /** Per part: the confusion matrix and the figures that follow from it and from the probabilities. */
    metrics: jsonb().$type<Record<string, unknown>>(),
    seconds: doublePrecision(),
    error: text(),
    /** The full run that its options were launched as. */
    runId: reference().references(() => runs.id),
    finishedAt: moment(),
  },
  (table) => [
    uniqueIndex("sweep_trials_number").on(table.sweepId, table.number),
    index("sweep_trials_open").on(table.sweepId, table.status, table.number),
  ],
);
