import { z } from "zod";
import type { StandingRead } from "./current-label";
import type { LabelOrigin } from "./rules";
import { type LabelState, labelStates } from "./states";
import type { Finding } from "./vocabulary";

export const labelSetName = z
  .string()
  .trim()
  .min(1, "Give the label set a name.")
  .max(120, "A name has at most 120 characters.");

export const freezeInput = z.object({ name: labelSetName });

/** By id from a page, by name from a shell. */
export const labelSetReference = z.union([z.int().positive(), z.string().trim().min(1).max(120)]);

export const exportInput = z.object({
  labelSet: labelSetReference,
  format: z.enum(["chexpert"]).default("chexpert"),
  /** Only this dataset's images; all without. */
  dataset: z.string().trim().min(1).max(200).optional(),
  /** Adds a column for each finding that CheXpert's table does not have. */
  allFindings: z.boolean().default(false),
});

export type LabelSetRow = {
  readonly id: number;
  readonly name: string;
  readonly rule: string;
  readonly studies: number;
  readonly createdBy: string;
  readonly createdAt: Date;
};

/** Images per finding, state and origin of the label. */
export type LabelCounts = {
  readonly images: number;
  readonly origins: Readonly<Record<LabelOrigin, number>>;
  readonly findings: readonly {
    readonly name: string;
    readonly position: number;
    readonly states: Readonly<Record<LabelState, number>>;
    /** How many of these images are not labelled by the source alone. */
    readonly read: Readonly<Record<LabelState, number>>;
  }[];
};

/** A read that says something else than the source. */
export type LabelChange = {
  readonly readId: number;
  readonly studyId: number;
  readonly patientId: number;
  readonly patient: string;
  readonly dataset: string;
  readonly study: string;
  readonly reader: string;
  readonly kind: "read" | "adjudication";
  readonly at: Date;
  readonly changes: readonly {
    readonly finding: string;
    readonly from: LabelState;
    readonly to: LabelState;
  }[];
};

/** One side of a comparison: a frozen set, the labels as they stand now, or those that were imported. */
export const labelSide = z.union([
  z.literal("current"),
  z.literal("source"),
  z.object({ labelSet: labelSetReference }),
]);
export type LabelSide = z.output<typeof labelSide>;

const sides = { from: labelSide, to: labelSide };
export const differencesInput = z.object(sides);
/** What a list of differing studies is narrowed to: a finding, and of it one change. */
const narrowed = z.object({
  finding: z.int().min(0).max(63),
  from: z.enum(labelStates).optional(),
  to: z.enum(labelStates).optional(),
});
export const differingStudiesInput = z.object({
  ...sides,
  only: narrowed.optional(),
  /** Go on after this image. */
  after: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(50),
});

/** A finding's change of state, and how many images made it. */
export type Transition = { readonly from: LabelState; readonly to: LabelState; readonly images: number };

export type LabelDifferences = {
  readonly from: string;
  readonly to: string;
  /** Images that both sides hold; only those are compared. */
  readonly common: number;
  readonly onlyFrom: number;
  readonly onlyTo: number;
  /** Common images on whose labels the sides differ in at least one finding. */
  readonly images: number;
  readonly findings: readonly {
    readonly name: string;
    readonly position: number;
    readonly images: number;
    /** The most frequent first. */
    readonly transitions: readonly Transition[];
  }[];
};

export type DifferingStudy = {
  readonly studyId: number;
  readonly patientId: number;
  readonly patient: string;
  readonly dataset: string;
  readonly study: string;
  /** Images of the study that differ; the first of them, by import, is the list's key. */
  readonly images: number;
  readonly firstImage: number;
  /** Of the first image. */
  readonly changes: LabelChange["changes"];
};

export const historyInput = z.object({ study: z.int().positive() });

/** Something that happened to a study's labels, and what its current label was after it. */
export type HistoryStep = {
  readonly kind: "import" | "read" | "adjudication" | "withdrawal";
  /** Dataset or person. */
  readonly by: string;
  /** Null for an import, whose moment is not kept. */
  readonly at: Date | null;
  readonly readId: number | null;
  /** Of this person's reads of the study, from 1. */
  readonly revision: number | null;
  readonly worklist: { readonly id: number; readonly name: string } | null;
  readonly blind: boolean | null;
  readonly comment: string;
  /** What was said; for a withdrawal what was taken back. */
  readonly said: string;
  readonly current: string;
  readonly origin: LabelOrigin;
};

export type LabelHistory = {
  readonly study: number;
  readonly studyName: string;
  readonly patientId: number;
  readonly patient: string;
  readonly dataset: string;
  readonly current: string;
  readonly origin: LabelOrigin;
  /** Oldest first; the import is the first. */
  readonly steps: readonly HistoryStep[];
  /** Reads that stand now, by whom: the current label is made of them. */
  readonly standing: readonly (StandingRead & { readonly by: string })[];
  /** The images' own imported labels, where they differ from the study's. */
  readonly images: readonly { readonly id: number; readonly view: string; readonly labels: string }[];
  /** Label sets that hold the study, newest first, with the label that they froze. */
  readonly frozen: readonly {
    readonly id: number;
    readonly name: string;
    readonly at: Date;
    readonly labels: string;
  }[];
  readonly findings: readonly Finding[];
};
