import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { created, moment, numberedKey, reference } from "./columns";
import { users } from "./people";

/** The vocabulary. `position` is the finding's place in every packed label string. */
export const findings = pgTable(
  "findings",
  {
    position: smallint().primaryKey(),
    name: text().notNull(),
    shortName: text().notNull(),
    /** The letter that cycles its state in the reading room; null where it has none. */
    key: text(),
    parent: smallint(),
    displayOrder: smallint().notNull(),
    /** No longer offered to readers; what labels say of it stays. */
    retiredAt: moment(),
  },
  (table) => [
    uniqueIndex("findings_name").on(sql`lower(${table.name})`),
    uniqueIndex("findings_key").on(table.key).where(sql`${table.retiredAt} is null`),
  ],
);

export const datasets = pgTable("datasets", {
  id: numberedKey(),
  name: text().notNull().unique(),
  format: text({ enum: ["chexpert", "covid-chestxray", "dicom"] }).notNull(),
  /** Goes up with every import that changed anything; runs name it. */
  version: integer().notNull().default(1),
  createdAt: created(),
  createdBy: text().notNull(),
});

export const patients = pgTable(
  "patients",
  {
    id: numberedKey(),
    datasetId: reference()
      .notNull()
      .references(() => datasets.id),
    /** As the dataset's own table writes it. */
    externalId: text().notNull(),
    /** An empty or meaningless id: groups nothing (integrity.md, Groups). */
    placeholder: boolean().notNull().default(false),
  },
  (table) => [
    uniqueIndex("patients_dataset_external").on(table.datasetId, table.externalId),
    // Search by the beginning of an id, whatever the database's collation.
    index("patients_external_prefix").on(sql`lower(${table.externalId}) text_pattern_ops`),
  ],
);

export const studies = pgTable(
  "studies",
  {
    id: numberedKey(),
    datasetId: reference().notNull(),
    patientId: reference()
      .notNull()
      .references(() => patients.id),
    externalId: text().notNull(),
    /** Place in the patient's time line: study number or day offset. */
    sequence: integer().notNull().default(0),
    dayOffset: integer(),
    /** As imported. One character per finding by position: `+` `-` `?` `.` (server/labels/states.ts). */
    sourceLabels: text().notNull().default(""),
    /** What the stated rule makes of source and reads; equals the images' `labels`. */
    currentLabels: text().notNull().default(""),
    labelOrigin: text({ enum: ["source", "read", "consensus", "adjudicated"] })
      .notNull()
      .default("source"),
    /** How many current (not withdrawn) reads there are. */
    readCount: smallint().notNull().default(0),
    /** Standing reads say different things, and nobody has decided between them. */
    readsDiffer: boolean().notNull().default(false),
  },
  (table) => [
    uniqueIndex("studies_patient_external").on(table.patientId, table.externalId),
    index("studies_reads_differ").on(table.id).where(sql`${table.readsDiffer}`),
    index("studies_dataset").on(table.datasetId, table.id),
  ],
);

/** A stored file under the SHA-256 of its bytes. */
export const imageObjects = pgTable(
  "image_objects",
  {
    sha256: text().primaryKey(),
    /** SHA-256 of the decoded pixels: two files of one film agree in it. */
    pixelSha256: text().notNull(),
    mediaType: text({ enum: ["image/jpeg", "image/png"] }).notNull(),
    bytes: integer().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    channels: smallint().notNull(),
    bitDepth: smallint().notNull(),
    /** Object of the thumbnail (WebP, 256 pixels at the longer side). */
    thumbnailSha256: text().notNull(),
    /**
     * Object of the DICOM file that the film was made from: de-identified, gzipped, the pixels at full depth.
     * The film itself is then how the file asks to be shown, in eight bits.
     */
    dicomSha256: text(),
    createdAt: created(),
  },
  (table) => [index("image_objects_pixels").on(table.pixelSha256)],
);

/**
 * Dataset, patient and study carry no row-by-row foreign key: the importer writes them from the very rows that it
 * joins (server/datasets/import/apply), and looking each of 223,414 up thrice more took longer than all the rest.
 */
export const images = pgTable(
  "images",
  {
    id: numberedKey(),
    datasetId: reference().notNull(),
    patientId: reference().notNull(),
    studyId: reference().notNull(),
    /** As the dataset's own table writes it. */
    path: text().notNull(),
    view: text().notNull(),
    sex: text({ enum: ["F", "M", "unknown"] }).notNull(),
    /** Years; null when unknown. */
    age: smallint(),
    /** Packed, as imported for this image's row. */
    sourceLabels: text().notNull(),
    /** Packed current labels, kept equal to the study's once the study is read. */
    labels: text().notNull(),
    readState: text({ enum: ["unread", "read", "adjudicated"] })
      .notNull()
      .default("unread"),
    /** Null: only the table was imported, the film is not here. */
    objectSha256: text().references(() => imageObjects.sha256),
    /** Object of the lung mask that the dataset brings for it: a PNG in the film's aspect. */
    lungMaskSha256: text(),
    /** Whether the film is here: small enough for the covering index that the browse page counts from. */
    filmHere: boolean().notNull().generatedAlwaysAs(sql`object_sha256 is not null`),
    /** How many findings are uncertain in `labels`; sorts the browse page. */
    uncertain: smallint().notNull().generatedAlwaysAs(sql`length(labels) - length(replace(labels, '?', ''))`),
    /** Every column of the table that has no place of its own. */
    extra: jsonb().$type<Record<string, string>>(),
    /** SHA-256 of the imported row: an unchanged row is not written again. */
    rowHash: text().notNull(),
  },
  (table) => [
    uniqueIndex("images_dataset_path").on(table.datasetId, table.path),
    index("images_dataset_page").on(table.datasetId, table.id),
    index("images_study").on(table.studyId),
    index("images_patient").on(table.patientId),
    index("images_object").on(table.objectSha256).where(sql`${table.objectSha256} is not null`),
    index("images_lung_mask").on(table.lungMaskSha256).where(sql`${table.lungMaskSha256} is not null`),
  ],
);

export const imports = pgTable("imports", {
  id: numberedKey(),
  datasetId: reference().references(() => datasets.id),
  datasetName: text().notNull(),
  format: text().notNull(),
  source: text().notNull(),
  /** Another table than the folder's own. */
  tablePath: text(),
  status: text({ enum: ["queued", "running", "done", "failed"] }).notNull(),
  startedBy: text().notNull(),
  userId: reference().references(() => users.id),
  createdAt: created(),
  startedAt: moment(),
  finishedAt: moment(),
  /** While running: rows and images done, of how many. */
  progress: jsonb().$type<{ phase: string; done: number; total: number; secondsLeft?: number }>(),
  /** The CLI's result document once done. */
  result: jsonb().$type<Record<string, unknown>>(),
  error: text(),
});

export const importRejections = pgTable(
  "import_rejections",
  {
    importId: reference()
      .notNull()
      .references(() => imports.id),
    line: integer().notNull(),
    path: text(),
    reason: text().notNull(),
  },
  (table) => [index("import_rejections_import").on(table.importId, table.line)],
);

/** Features of an image under one recipe live as a row of a float32 shard in the object store. */
export const featureRows = pgTable(
  "feature_rows",
  {
    /** network + weights + preprocess + augmentation, as one hash (server/training/features). */
    recipe: text().notNull(),
    view: smallint().notNull(),
    imageSha256: text().notNull(),
    shardSha256: text().notNull(),
    row: integer().notNull(),
    width: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.recipe, table.view, table.imageSha256] })],
);

/** What lies in the object store beside images: features, checkpoints, models, saliency maps. */
export const objects = pgTable("objects", {
  sha256: text().primaryKey(),
  kind: text().notNull(),
  bytes: bigint({ mode: "number" }).notNull(),
  createdAt: created(),
});
