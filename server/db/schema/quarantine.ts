import { jsonb, pgTable, smallint, text, uniqueIndex } from "drizzle-orm/pg-core";
import { created, moment, numberedKey, reference } from "./columns";
import { imageObjects, imports } from "./films";
import { users } from "./people";

/**
 * Films that may carry burned-in text. They are in no dataset: `images` gets one when somebody has looked at it
 * and cleared it. The decision stays, so that the same film is not asked about again.
 */
export const quarantinedFilms = pgTable(
  "quarantined_films",
  {
    id: numberedKey(),
    importId: reference()
      .notNull()
      .references(() => imports.id),
    datasetName: text().notNull(),
    /** As it is, or will be, in `images`; names patient, study, film and pixels by pseudonym. */
    path: text().notNull(),
    reason: text().notNull(),
    /** The row as the importer stages it (server/datasets/import/spool.ts). */
    staged: jsonb().$type<Record<string, unknown>>().notNull(),
    state: text({ enum: ["held", "cleared", "rejected"] })
      .notNull()
      .default("held"),
    /** Null once the film was rejected: its objects are gone. */
    objectSha256: text().references(() => imageObjects.sha256),
    createdAt: created(),
    decidedAt: moment(),
    decidedBy: text(),
    userId: reference().references(() => users.id),
  },
  (table) => [uniqueIndex("quarantined_films_dataset_path").on(table.datasetName, table.path)],
);

/** Which secret this installation's pseudonyms come from: another one would make two people of each patient. */
export const pseudonymKey = pgTable("pseudonym_key", {
  id: smallint().primaryKey(),
  fingerprint: text().notNull(),
});
