import { z } from "zod";
import { imageFilters } from "@/server/images/browse/schema";
import { labelPolicy } from "@/server/labels/policy";
import type { Unmatched } from "./csv";

/** By id from a page, by name from a shell. */
export const cohortReference = z.union([z.int().positive(), z.string().trim().min(1).max(120)]);
export type CohortReference = z.infer<typeof cohortReference>;

const className = z.string().trim().min(1, "Give each class a name.").max(80);

/** Bytes of CSV that one cohort may come from: ten times the largest table known here. */
const longestCsv = 200_000_000;
export const mostClasses = 50;

/** A typing mistake in a filter's name must not select everything: unknown keys are refused. */
const filter = z.strictObject(imageFilters.shape);

export const cohortRule = z.strictObject({
  classes: z
    .array(z.strictObject({ name: className, where: filter }))
    .min(2, "A cohort needs at least two classes.")
    .max(mostClasses)
    .refine((all) => new Set(all.map((one) => one.name)).size === all.length, {
      message: "Two classes have the same name.",
    }),
  /** What uncertain and blank labels count as; without it a state is what it is. Kept with the rule. */
  policy: labelPolicy.optional(),
});
export type CohortRuleInput = z.input<typeof cohortRule>;

export const cohortSource = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("csv"),
    csv: z.string().max(longestCsv),
    /** Column that names the class. */
    classColumn: z.string().trim().min(1).max(80).default("class"),
    /** Goes first among the classes; without it the class of the first row does. */
    positive: className.optional(),
  }),
  z.object({
    kind: z.literal("rule"),
    rule: cohortRule,
    /** Name of a frozen label set; without it the current labels decide. */
    labelSet: z.string().trim().min(1).max(120).optional(),
  }),
]);
export type CohortSource = z.output<typeof cohortSource>;
export type CohortSourceInput = z.input<typeof cohortSource>;

export const createCohortInput = z.object({
  name: z.string().trim().min(1, "Give the cohort a name.").max(120, "A name has at most 120 characters."),
  source: cohortSource,
});

export type CohortCounts = {
  readonly images: number;
  /** Known patients; an image without a patient id counts none. */
  readonly patients: number;
  readonly classes: Readonly<Record<string, number>>;
  /**
   * The classes in the order in which models number them; of two the first is the positive one. The record's own
   * keys do not hold it: "0" would come before "1".
   */
  readonly order: readonly string[];
  /** Rows that name no image that can be taken; the list holds the first thousand. */
  readonly unmatched: { readonly count: number; readonly rows: readonly Unmatched[] };
};

/** One row of the list of cohorts. */
export type CohortListed = {
  readonly id: number;
  readonly name: string;
  readonly source: "csv" | "rule" | "images";
  readonly classes: readonly string[];
  readonly images: number;
  readonly patients: number;
  readonly createdBy: string;
  readonly createdAt: Date;
};

/** How many images of a class have a value. */
export type ClassCount = { readonly value: string; readonly class: string; readonly images: number };

export type CohortDetail = CohortListed & {
  readonly labelSet: string | null;
  readonly rule: Readonly<Record<string, unknown>>;
  readonly unmatched: CohortCounts["unmatched"];
  readonly datasetVersions: Readonly<Record<string, number>>;
  readonly composition: Composition;
};

export type Composition = {
  readonly classes: Readonly<Record<string, number>>;
  readonly sources: readonly ClassCount[];
  readonly views: readonly ClassCount[];
  readonly sexes: readonly ClassCount[];
  /** Images whose film is not here: they can be split, but not trained on. */
  readonly filmsAbsent: number;
};
