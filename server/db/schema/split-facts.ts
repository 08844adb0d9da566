import type { Part } from "./experiments";

/** What `splits.summary` holds. */
export type SplitSummary = {
  readonly parts: Readonly<Record<Part, PartSummary>>;
  /**
   * The largest distance, over parts and classes, between a class's share in the part and its share in the
   * cohort; percentage points.
   */
  readonly drift: number;
};

export type PartSummary = {
  readonly images: number;
  /** Known patients; an image without a patient id counts none. */
  readonly patients: number;
  readonly classes: Readonly<Record<string, number>>;
  /** Per dataset name. */
  readonly sources: Readonly<Record<string, number>>;
};

/** What `splits.audit` holds: counted when the split was drawn or when the data behind it last changed. */
export type SplitAudit = LeakCounts & {
  readonly reasons: readonly LeakReasonCount[];
  /** Of any random split of this cohort with these shares. */
  readonly expected: ExpectedLeak;
  /** The data that the groups were drawn from: dataset name → version. */
  readonly datasetVersions: Readonly<Record<string, number>>;
};

export type LeakCounts = {
  /** How many stand on more than one side. A film: the same decoded pixels. */
  readonly leaks: { readonly patients: number; readonly groups: number; readonly films: number };
  /** Of training itself nothing can leak into training: its counts are 0. */
  readonly parts: Readonly<Record<Part, PartLeak>>;
};

export type PartLeak = {
  readonly images: number;
  readonly leaked: number;
  readonly byClass: Readonly<Record<string, ClassLeak>>;
};

export type ClassLeak = {
  readonly images: number;
  /** Images with a group member in training. */
  readonly leaked: number;
  /** leaked ÷ images, 0 to 1; null where the part has no such image. */
  readonly share: number | null;
};

/** Why two images belong to one group; `group`: only through a third image. */
export const leakReasons = ["film", "patient", "group"] as const;
export type LeakReason = (typeof leakReasons)[number];

export type LeakReasonCount = {
  readonly part: Part;
  readonly class: string;
  readonly reason: LeakReason;
  readonly images: number;
};

/** Shares, 0 to 1, of held-out images with a group member in training; null where a class has no image. */
export type ExpectedLeak = {
  readonly all: number;
  readonly byClass: Readonly<Record<string, number | null>>;
};
