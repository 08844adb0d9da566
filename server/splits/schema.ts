import { z } from "zod";
import { cohortReference } from "@/server/cohorts/schema";
import type { SplitAudit, SplitSummary } from "@/server/db/schema/split-facts";
import { parts, type Shares, type Strategy, type Stratify, strategies, stratifications } from "./rules";

export type { SplitAudit, SplitSummary };

/** By id from a page, by name from a shell. */
export const splitReference = z.union([z.int().positive(), z.string().trim().min(1).max(120)]);
export type SplitReference = z.infer<typeof splitReference>;

export const splitName = z
  .string()
  .trim()
  .min(1, "Give the split a name.")
  .max(120, "A name has at most 120 characters.");

const percentage = z.int("Parts are whole percentages.").min(0, "A part cannot be negative.");

export const sharesInput = z
  .object({ train: percentage, validation: percentage, test: percentage })
  .superRefine((shares, context) => {
    const sum = parts.reduce((total, part) => total + shares[part], 0);
    if (sum !== 100) {
      context.addIssue({ code: "custom", message: `The parts add up to ${sum}, not to 100.` });
    } else if (shares.train === 0 || shares.test === 0) {
      context.addIssue({ code: "custom", message: "Training and test need a share above 0." });
    }
  });

export const highestSeed = 2_147_483_647;
const seedRange = `A seed is a whole number from 0 to ${highestSeed}.`;

export const createSplitInput = z.object({
  name: splitName,
  cohort: cohortReference,
  strategy: z.enum(strategies),
  shares: sharesInput,
  seed: z.int(seedRange).min(0, seedRange).max(highestSeed, seedRange),
  /** What keeps its share in every part. */
  stratify: z.enum(stratifications).default("class"),
});

export type CreateSplitInput = z.input<typeof createSplitInput>;

/** One row of a list of splits. */
export type SplitListed = {
  readonly id: number;
  readonly name: string;
  readonly cohortId: number;
  readonly strategy: Strategy;
  readonly stratify: Stratify;
  readonly shares: Shares;
  readonly seed: number;
  readonly mendedFromId: number | null;
  readonly summary: SplitSummary;
  readonly audit: SplitAudit;
  readonly createdBy: string;
  readonly createdAt: Date;
};

/** A split with what it belongs to. */
export type SplitDetail = SplitListed & {
  readonly cohort: {
    readonly id: number;
    readonly name: string;
    readonly classes: readonly string[];
    readonly images: number;
    readonly patients: number;
  };
  readonly mendedFrom: { readonly id: number; readonly name: string } | null;
  readonly mendedInto: readonly { readonly id: number; readonly name: string }[];
};
