import { index, jsonb, pgTable, primaryKey, real, smallint, text } from "drizzle-orm/pg-core";
import { created, moment, numberedKey, reference } from "./columns";
import { cohorts } from "./experiments";

/**
 * What is measured on a whole cohort by training heads on it: what tells the classes apart, what a leak costs, whose
 * label is likely wrong.
 */
export const checks = pgTable(
  "checks",
  {
    id: numberedKey(),
    kind: text({ enum: ["shortcuts", "siblings", "label-errors"] }).notNull(),
    cohortId: reference()
      .notNull()
      .references(() => cohorts.id),
    /** Everything that decides the result, every default spelt out. */
    configuration: jsonb().$type<Record<string, unknown>>().notNull(),
    datasetVersions: jsonb().$type<Record<string, number>>().notNull(),
    /** Hash of the four above: the same check twice is one. */
    key: text().notNull().unique(),
    status: text({ enum: ["queued", "running", "done", "failed"] }).notNull(),
    progress: jsonb().$type<{ phase: string; done: number; total: number }>(),
    engine: jsonb().$type<{ name: string; version: string; device: string; library: string; why: string }>(),
    codeVersion: text(),
    result: jsonb().$type<Record<string, unknown>>(),
    error: text(),
    createdBy: text().notNull(),
    createdAt: created(),
    startedAt: moment(),
    finishedAt: moment(),
  },
  (table) => [
    index("checks_cohort").on(table.cohortId, table.kind, table.id),
    index("checks_status").on(table.status, table.id),
  ],
);

/** What a check of label errors predicted of each image by a head that never saw its patient. */
export const checkPredictions = pgTable(
  "check_predictions",
  {
    checkId: reference()
      .notNull()
      .references(() => checks.id),
    imageId: reference().notNull(),
    /** The label as it stood: index into the cohort's classes. */
    classIndex: smallint().notNull(),
    /** One per class, in the cohort's order. */
    probabilities: real().array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.checkId, table.imageId] })],
);
