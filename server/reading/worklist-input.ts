import { z } from "zod";
import type { LabelScore } from "@/server/ml/confident-learning";
import { worklistReference, worklistStatuses } from "./schema";

const id = z.int().positive();
const name = z.string().trim().min(1).max(200);
/** By id from a page, by name from a shell. */
const reference = z.union([id, name]);

/** By what the likeliest label error comes first. */
export const labelErrorRanks = [
  "self-confidence",
  "normalized-margin",
] as const satisfies readonly LabelScore[];

/** Which studies, and in what order. */
export const worklistQuery = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("uncertain-first"),
    /** Studies with fewer uncertain findings stay out; 0 takes all. */
    minUncertain: z.int().min(0).max(64).default(1),
  }),
  z.object({
    kind: z.literal("blank-but-model-positive"),
    run: id,
    /** A class of the run, and the finding that it stands for. */
    className: name,
    finding: name,
    /** Probabilities from this one on count as positive. */
    threshold: z.number().min(0).max(1).default(0.5),
  }),
  z.object({ kind: z.literal("cohort"), cohort: reference }),
  z.object({ kind: z.literal("misclassified"), run: id }),
  z.object({
    kind: z.literal("label-errors"),
    /** Whose predictions: a check's heads, or a run on what it did not learn from. */
    from: z.discriminatedUnion("of", [
      z.object({ of: z.literal("check"), check: id }),
      z.object({ of: z.literal("run"), run: id }),
    ]),
    rank: z.enum(labelErrorRanks).default("self-confidence"),
  }),
  z.object({ kind: z.literal("disagreements") }),
  z.object({ kind: z.literal("random"), seed: z.int().min(0).max(2_147_483_647).default(42) }),
  z.object({
    kind: z.literal("selection"),
    images: z.array(id).max(250_000).default([]),
    studies: z.array(id).max(250_000).default([]),
  }),
]);
export type WorklistQuery = z.output<typeof worklistQuery>;
export type WorklistQueryInput = z.input<typeof worklistQuery>;

/** Another order than the kind's own. */
export const worklistOrders = ["uncertain-first", "patient", "random"] as const;

const choice = z.object({
  query: worklistQuery,
  order: z.enum(worklistOrders).optional(),
  /** Only this dataset's studies. */
  dataset: name.optional(),
  /** The first so many. */
  limit: z.int().min(1).max(1_000_000).optional(),
});

const worklistName = z
  .string()
  .trim()
  .min(1, "Give the worklist a name.")
  .max(120, "A name has at most 120 characters.");

const manner = {
  /** How many readers each study is for. */
  readsWanted: z.int().min(1, "A study needs at least one read.").max(9, "At most nine reads.").default(1),
  /** Nothing of labels, other reads and models is shown before the read is submitted. */
  blind: z.boolean().default(true),
};

/** When it is due, how urgent it is, whose it is; no reader chosen is everybody. */
const occasion = {
  priority: z.int().min(-1).max(1),
  dueOn: z.iso.date("A due date is written as 2026-12-24.").nullable(),
  readers: z.array(id).max(500),
};

export const createWorklistInput = choice.extend({
  name: worklistName,
  ...manner,
  priority: occasion.priority.default(0),
  dueOn: occasion.dueOn.default(null),
  readers: occasion.readers.default([]),
  /** Mixes known cases in, one study in so many. */
  knownEvery: z
    .int()
    .min(2, "At most every second study is a known case.")
    .max(1000, "At least one in 1,000 is a known case, or none.")
    .optional(),
});
export const fillWorklistInput = choice.extend({
  worklist: reference,
  /** Makes the worklist when there is none of that name. */
  create: z.object(manner).optional(),
});
export const previewInput = choice;
export type WorklistChoiceInput = z.input<typeof previewInput>;
/** What is not named stays as it is. */
export const editWorklistInput = worklistReference.extend({
  name: worklistName.optional(),
  readsWanted: manner.readsWanted.unwrap().optional(),
  blind: z.boolean().optional(),
  priority: occasion.priority.optional(),
  dueOn: occasion.dueOn.optional(),
  readers: occasion.readers.optional(),
});
export type EditWorklistInput = z.input<typeof editWorklistInput>;
export const statusInput = worklistReference.extend({ status: z.enum(worklistStatuses) });
