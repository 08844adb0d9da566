import { doublePrecision, pgTable, primaryKey, real, smallint, text, uniqueIndex } from "drizzle-orm/pg-core";
import { created, numberedKey, reference } from "./columns";
import { runs } from "./experiments";

const methods = ["hirescam", "gradcam", "gradcam++"] as const;
const ofRun = () =>
  reference()
    .notNull()
    .references(() => runs.id);

export const saliencyMaps = pgTable(
  "saliency_maps",
  {
    id: numberedKey(),
    runId: ofRun(),
    imageId: reference().notNull(),
    method: text({ enum: methods }).notNull(),
    classIndex: smallint().notNull(),
    height: smallint().notNull(),
    width: smallint().notNull(),
    /** Raw map, float32 row by row, in the object store. */
    objectSha256: text().notNull(),
    min: doublePrecision().notNull(),
    max: doublePrecision().notNull(),
    /** The logit that was explained, and its probability. */
    score: doublePrecision().notNull(),
    probability: doublePrecision().notNull(),
    createdAt: created(),
  },
  (table) => [
    uniqueIndex("saliency_maps_key").on(table.runId, table.imageId, table.method, table.classIndex),
  ],
);

/** Probability of the explained class while pixels change in the map's order, and in a random one. */
export const saliencyCurves = pgTable(
  "saliency_curves",
  {
    runId: ofRun(),
    imageId: reference().notNull(),
    method: text({ enum: methods }).notNull(),
    classIndex: smallint().notNull(),
    deletion: real().array().notNull(),
    insertion: real().array().notNull(),
    randomDeletion: real().array().notNull(),
    randomInsertion: real().array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.method, table.imageId] })],
);

/**
 * What the cells of a map of this grid give to the pixels inside and outside a lung mask. They never change, and to
 * read a mask of four megapixels takes a tenth of a second.
 */
export const maskWeights = pgTable(
  "mask_weights",
  {
    mask: text().notNull(),
    width: smallint().notNull(),
    height: smallint().notNull(),
    inside: doublePrecision().array().notNull(),
    outside: doublePrecision().array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.mask, table.width, table.height] })],
);
