import { z } from "zod";
import type { LeakReason, SplitSummary } from "@/server/db/schema/split-facts";
import { type Part, parts } from "@/server/splits/rules";
import { splitName, splitReference } from "@/server/splits/schema";

export const auditInput = z.object({ split: splitReference });

export const mendInput = z.object({ split: splitReference, name: splitName });

/** Leaks to show: all of them, or those of some parts, classes or reasons. */
export const leakPairsInput = z.object({
  split: splitReference,
  part: z.enum(parts).optional(),
  class: z.string().max(80).optional(),
  reason: z.enum(["film", "patient", "group"]).optional(),
  /** Key of the last pair seen. */
  after: z.int().min(0).optional(),
  limit: z.int().min(1).max(100).default(24),
});

export type LeakImage = {
  readonly id: number;
  readonly dataset: string;
  readonly path: string;
  readonly patientId: number;
  /** As the dataset's table writes it. */
  readonly patient: string;
  readonly study: string;
  readonly view: string;
  readonly class: string;
  /** Whether the film itself is here, not only its row. */
  readonly film: boolean;
};

/** A held-out image and its nearest sibling in training. */
export type LeakPair = {
  readonly key: number;
  readonly part: Part;
  readonly reason: LeakReason;
  /** Between the two studies; null where a day is not known. */
  readonly daysApart: number | null;
  readonly image: LeakImage;
  readonly trainImage: LeakImage;
};

export type LeakPage = { readonly pairs: readonly LeakPair[]; readonly next: number | null };

/** A mended split with the shares that it was made to keep. */
export type MendedSplit = {
  readonly id: number;
  readonly name: string;
  readonly mendedFrom: string;
  /** In the cohort's order, which the counts below, once stored, do not keep. */
  readonly classes: readonly string[];
  /** Held-out images with a group member in training. */
  readonly leaked: { readonly before: number; readonly after: number };
  readonly before: SplitSummary;
  readonly after: SplitSummary;
};

/** A figure with its 95% interval; null where it is not defined, e.g. for want of a class. */
type Estimate = {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

export type CostRow = {
  readonly metric: "sensitivity" | "specificity" | "accuracy";
  readonly leaked: Estimate;
  readonly clean: Estimate;
  /** Leaked less clean. */
  readonly difference: Estimate;
  /** Whether the interval of the difference leaves zero out; null where there is none. */
  readonly beyondNoise: boolean | null;
};

/** A run's figures on test images with a sibling in training, and on those without. */
export type LeakCost = {
  readonly run: number;
  readonly network: string;
  readonly leaked: { readonly images: number; readonly patients: number };
  readonly clean: { readonly images: number; readonly patients: number };
  readonly rows: readonly CostRow[];
};
