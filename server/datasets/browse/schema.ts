import type { Count, Sex, StateCounts } from "@/server/images/browse/schema";

export type LastImport = {
  readonly id: number;
  readonly status: "queued" | "running" | "done" | "failed";
  readonly startedBy: string;
  /** ISO 8601: when it ended, else when it was asked for. */
  readonly at: string;
};

export type DatasetSummary = {
  readonly dataset: string;
  readonly format: string;
  readonly version: number;
  /** Rows of the dataset's table. */
  readonly images: number;
  /** Images whose film is here. */
  readonly films: number;
  readonly patients: number;
  readonly studies: number;
  readonly lastImport: LastImport | null;
};

export type DatasetDetail = DatasetSummary & {
  readonly createdAt: string;
  readonly createdBy: string;
  /** By current labels; in the vocabulary's display order. */
  readonly findings: readonly (StateCounts & { readonly finding: string })[];
  readonly views: readonly Count<string>[];
  readonly sexes: readonly Count<Sex>[];
  /** By single years, ascending; null is unknown and last. */
  readonly ages: readonly Count<number | null>[];
  readonly readImages: number;
};
