import { z } from "zod";
import { splitReference } from "@/server/splits/schema";
import { networkNames } from "../networks";
import { metricNames } from "../schema";

export const sweepPlans = ["published", "random", "halving"] as const;
export type SweepPlan = (typeof sweepPlans)[number];

/** Trials of a plan that lets one choose; the published grid has its own 72. */
const mostTrials = 500;

export const sweepInput = z
  .object({
    split: splitReference,
    network: z.enum(networkNames),
    /** Name of imported weights; without, the base keeps its random ones. */
    weights: z.string().trim().min(1).optional(),
    plan: z.enum(sweepPlans).default("published"),
    trials: z.coerce.number().int().min(2, "A sweep needs at least two trials.").max(mostTrials).optional(),
    /** Seeded, rotated copies of each training image, beside the plain one. */
    augmentedViews: z.coerce.number().int().min(0).max(16).optional(),
    /** Largest rotation either way, in degrees. */
    rotation: z.coerce.number().min(0).max(45).optional(),
    classWeights: z.enum(["balanced", "none"]).optional(),
    seed: z.coerce.number().int().min(0).max(2_147_483_647).default(42),
    /** The same key sent twice makes one sweep. */
    idempotencyKey: z.uuid().optional(),
  })
  .refine(({ plan, trials }) => plan !== "published" || trials === undefined || trials === 72, {
    message: "The published grid has 72 trials; the random plan and halving let you choose.",
    path: ["trials"],
  });
export type SweepInput = z.output<typeof sweepInput>;

/** How many trials a sweep begins with. */
export const trialsOf = ({ plan, trials }: Pick<SweepInput, "plan" | "trials">): number =>
  plan === "published" ? 72 : (trials ?? 27);

export const trialParameters = z.object({
  learningRate: z.number(),
  batchSize: z.number(),
  epochs: z.number(),
  dropout: z.number(),
  optimizer: z.enum(["adam", "sgd"]),
});
export type TrialParameters = z.output<typeof trialParameters>;

const partFigures = z.object({
  images: z.number(),
  /** Rows: truth, columns: prediction, both in the sweep's order of classes. */
  confusion: z.array(z.array(z.number())),
  /** Null where a figure is not defined. */
  metrics: z.record(z.enum(metricNames), z.number().nullable()),
});
export type PartFigures = z.output<typeof partFigures>;

/** A trial's figures, without intervals: those come with the full run that the best one becomes. */
export const trialMetrics = z.object({ validation: partFigures, test: partFigures });
export type TrialMetrics = z.output<typeof trialMetrics>;

export type TrialCurve = {
  readonly loss: readonly number[];
  readonly accuracy: readonly number[];
  readonly valLoss: readonly (number | null)[];
  readonly valAccuracy: readonly (number | null)[];
};
