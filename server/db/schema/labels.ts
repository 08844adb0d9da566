import { sql } from "drizzle-orm";
import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { created, moment, numberedKey, reference } from "./columns";
import { datasets, studies } from "./films";
import { users } from "./people";

/** Every study's current labels, frozen under a name. */
export const labelSets = pgTable("label_sets", {
  id: numberedKey(),
  name: text().notNull().unique(),
  /** The rule by which a study's label was chosen, in words, as it stood when frozen. */
  rule: text().notNull(),
  studies: integer().notNull(),
  createdBy: text().notNull(),
  createdAt: created(),
});

// Rows come in by the hundred thousand, in the transaction that makes the set itself, and are never deleted:
// looking each row's parent up took longer than writing the rows. The same holds of `worklist_items`.
export const labelSetImages = pgTable(
  "label_set_images",
  {
    labelSetId: reference().notNull(),
    imageId: reference().notNull(),
    labels: text().notNull(),
    origin: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.labelSetId, table.imageId] })],
);

export const worklists = pgTable("worklists", {
  id: numberedKey(),
  name: text().notNull().unique(),
  kind: text({
    enum: [
      "uncertain-first",
      "blank-but-model-positive",
      "cohort",
      "misclassified",
      "label-errors",
      "disagreements",
      "random",
      "selection",
    ],
  }).notNull(),
  /** What it was made from: dataset, cohort, run, filters, seed, limit. */
  query: jsonb().$type<Record<string, unknown>>().notNull(),
  datasetId: reference().references(() => datasets.id),
  /** How many studies stand in it: kept here, because counting 223,414 takes longer than a page may. */
  studies: integer().notNull().default(0),
  /** How many readers each study is for. */
  readsWanted: smallint().notNull().default(1),
  blind: boolean().notNull().default(true),
  status: text({ enum: ["open", "paused", "closed"] })
    .notNull()
    .default("open"),
  /** -1 low, 0 normal, 1 high: which list comes first to a reader. */
  priority: smallint().notNull().default(0),
  dueOn: date({ mode: "string" }),
  createdBy: text().notNull(),
  createdAt: created(),
});

/** Who reads a worklist; one that has none here is for everybody who reads. */
export const worklistReaders = pgTable(
  "worklist_readers",
  {
    worklistId: reference()
      .notNull()
      .references(() => worklists.id),
    userId: reference()
      .notNull()
      .references(() => users.id),
  },
  (table) => [primaryKey({ columns: [table.worklistId, table.userId] })],
);

export const worklistItems = pgTable(
  "worklist_items",
  {
    id: numberedKey(),
    worklistId: reference().notNull(),
    studyId: reference().notNull(),
    position: integer().notNull(),
    /** The worklist's, plus one for each time that somebody asked for another read of this study. */
    readsWanted: smallint().notNull().default(1),
    /** Reads submitted plus leases: never above `readsWanted` (kept by the take-next statement). */
    taken: smallint().notNull().default(0),
    readsDone: smallint().notNull().default(0),
    /** Taken out of the queue by a skip until somebody sends it back. */
    skipped: boolean().notNull().default(false),
    flagged: boolean().notNull().default(false),
    /** Was given back or sent back: handed out before all others. */
    returned: boolean().notNull().default(false),
    /** Waits for a reader: what take-next looks through, so that a list that is nearly done is as quick. */
    open: boolean().notNull().generatedAlwaysAs(sql`taken < reads_wanted and not skipped`),
    note: text(),
    /** Why it stands in the list, and where: said to who manages it, for it hints at the label. */
    reason: text(),
    /** Of a known case mixed in for quality: the label that was known when the list was made. */
    knownLabels: text(),
  },
  (table) => [
    index("worklist_items_known").on(table.worklistId).where(sql`${table.knownLabels} is not null`),
    uniqueIndex("worklist_items_study").on(table.worklistId, table.studyId),
    // These two with the id, so that what a reader has dealt with is counted without the items themselves.
    index("worklist_items_open").on(table.worklistId, table.position, table.id).where(sql`${table.open}`),
    index("worklist_items_taken").on(table.worklistId, table.id).where(sql`not ${table.open}`),
    index("worklist_items_returned")
      .on(table.worklistId, table.position)
      .where(sql`${table.open} and ${table.returned}`),
    // Counted by every list of worklists: short where a long one is nearly done, and read without its rows.
    index("worklist_items_unread").on(table.worklistId).where(sql`${table.readsDone} < ${table.readsWanted}`),
    index("worklist_items_skipped").on(table.worklistId, table.id).where(sql`${table.skipped}`),
    index("worklist_items_flagged").on(table.worklistId, table.id).where(sql`${table.flagged}`),
    index("worklist_items_by_study").on(table.studyId),
  ],
);

/** A box or an ellipse on a film, tied to a finding; in image pixels. */
type StoredRegion = {
  image: number;
  finding: number;
  shape: "rectangle" | "ellipse";
  x: number;
  y: number;
  width: number;
  height: number;
};

/** One reader's dealing with one item: lease, draft, outcome. */
export const assignments = pgTable(
  "assignments",
  {
    id: numberedKey(),
    itemId: reference()
      .notNull()
      .references(() => worklistItems.id),
    worklistId: reference().notNull(),
    /** The item's, kept here to know how far down the list this reader has come. */
    position: integer().notNull().default(0),
    readerId: reference()
      .notNull()
      .references(() => users.id),
    status: text({ enum: ["leased", "released", "submitted", "skipped"] }).notNull(),
    leaseExpiresAt: moment(),
    /** Of the studies that a reader has in hand, the lowest is up; what comes back by undo goes before it. */
    turn: integer().notNull().default(0),
    draft: jsonb().$type<{
      labels: string;
      comment: string;
      flagged: boolean;
      activeMs: number;
      regions?: StoredRegion[];
    }>(),
    skipReason: text(),
    startedAt: created(),
    finishedAt: moment(),
  },
  (table) => [
    uniqueIndex("assignments_item_reader").on(table.itemId, table.readerId),
    index("assignments_leases")
      .on(table.worklistId, table.leaseExpiresAt)
      .where(sql`${table.status} = 'leased'`),
    // What a reader has in hand, the study that is up first: two tabs of hers show one study.
    index("assignments_in_hand")
      .on(table.worklistId, table.readerId, table.turn)
      .where(sql`${table.status} = 'leased'`),
    index("assignments_far").on(table.worklistId, table.readerId, table.position),
    index("assignments_finished").on(table.worklistId, table.readerId, table.finishedAt),
    index("assignments_dealt_with")
      .on(table.worklistId, table.readerId, table.itemId)
      .where(sql`${table.status} in ('submitted', 'skipped')`),
  ],
);

/** A study whose readers disagree, in one adjudicator's hands; the row goes when it is settled. */
export const adjudicationLeases = pgTable("adjudication_leases", {
  itemId: reference()
    .primaryKey()
    .references(() => worklistItems.id),
  adjudicatorId: reference()
    .notNull()
    .references(() => users.id),
  leaseExpiresAt: moment().notNull(),
  /** What was decided so far. */
  draft: jsonb().$type<{ labels: string; comment: string; settled: number[]; regions?: StoredRegion[] }>(),
});

/** Append-only: undo and correction add a revision. The current read is the highest revision. */
export const reads = pgTable(
  "reads",
  {
    id: numberedKey(),
    studyId: reference()
      .notNull()
      .references(() => studies.id),
    readerId: reference()
      .notNull()
      .references(() => users.id),
    worklistId: reference().references(() => worklists.id),
    itemId: reference().references(() => worklistItems.id),
    revision: integer().notNull(),
    /** True when this revision takes the read back (undo). */
    withdrawn: boolean().notNull().default(false),
    /** False once a later revision of the same reader and study exists. */
    current: boolean().notNull().default(true),
    kind: text({ enum: ["read", "adjudication"] })
      .notNull()
      .default("read"),
    labels: text().notNull(),
    comment: text().notNull().default(""),
    flagged: boolean().notNull().default(false),
    /** Where on the films the findings are, in image pixels. */
    regions: jsonb().$type<StoredRegion[]>().notNull().default([]),
    blind: boolean().notNull(),
    /** Time with the film up and somebody at the keys, milliseconds. */
    activeMs: integer().notNull().default(0),
    /** The same key sent twice makes one revision. */
    idempotencyKey: uuid().notNull().unique(),
    submittedAt: created(),
  },
  (table) => [
    uniqueIndex("reads_revision").on(table.studyId, table.readerId, table.revision),
    index("reads_current").on(table.studyId).where(sql`${table.current}`),
    index("reads_worklist").on(table.worklistId, table.readerId),
    // Readers' paces and a worklist's outlook, read without the reads themselves: there may be 223,414.
    index("reads_pace")
      .on(table.worklistId, table.readerId, table.activeMs, table.submittedAt)
      .where(sql`${table.current} and not ${table.withdrawn} and ${table.kind} = 'read'`),
    index("reads_adjudicated")
      .on(table.readerId)
      .where(sql`${table.current} and ${table.kind} = 'adjudication'`),
  ],
);
