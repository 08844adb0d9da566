import { index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { created, moment, numberedKey } from "./columns";

/** Features that somebody waits for, in pieces which several workers share. What is done stands in `feature_rows`. */
export const featureShards = pgTable(
  "feature_shards",
  {
    id: numberedKey(),
    /** Of the same recipe are the shards that one worker can do one after another. */
    recipe: text().notNull(),
    /** All that a worker has to know; `server/training/shards/plan` says what is in it. */
    work: jsonb().$type<Record<string, unknown>>().notNull(),
    /** Feature rows that it will give. */
    rows: integer().notNull(),
    status: text({ enum: ["waiting", "running", "failed"] })
      .notNull()
      .default("waiting"),
    /** Whoever holds it may store its rows; a worker that comes back late may not. */
    leaseToken: uuid(),
    leaseExpiresAt: moment(),
    /** Times that it was taken up without coming to an end. */
    attempt: integer().notNull().default(0),
    error: text(),
    /** Whoever waits for it keeps this ahead of now; after it nobody does, and nobody works for nothing. */
    wantedUntil: moment().notNull(),
    createdAt: created(),
  },
  (table) => [index("feature_shards_open").on(table.recipe, table.status, table.id)],
);
