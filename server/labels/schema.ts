import { z } from "zod";
import type { LabelOrigin } from "./rules";
import type { LabelState } from "./states";

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
