import { z } from "zod";
import { cohortReference } from "@/server/cohorts/schema";
import type { LabelErrorsResult } from "@/server/integrity/label-error-schema";
import type { ShortcutsResult } from "@/server/integrity/shortcut-schema";
import type { SiblingsResult } from "@/server/integrity/sibling-schema";
import { sharesInput } from "@/server/splits/schema";
import { networkNames } from "../networks";
import { launchInput, type RunEngine, runConfiguration } from "../schema";

const base = {
  cohort: cohortReference,
  network: z.enum(networkNames).default("efficientnet-lite0"),
  /** Name of imported weights. */
  weights: z.string().trim().min(1).optional(),
  seed: z.coerce.number().int().min(0).max(2_147_483_647).default(42),
};

/** Without weights the retraining test is left out: random features say little of what a trained base sees. */
const shortcutsInput = z.object({ kind: z.literal("shortcuts"), ...base });

const { epochs, batchSize, learningRate, dropout, optimizer, augmentedViews, rotation } = launchInput.shape;
const siblingsInput = z.object({
  kind: z.literal("siblings"),
  ...base,
  shares: sharesInput.default({ train: 60, validation: 20, test: 20 }),
  /** Each with two heads. */
  splits: z.coerce.number().int().min(2).max(500).default(100),
  ...{ epochs, batchSize, learningRate, dropout, optimizer, augmentedViews, rotation },
});

const labelErrorsInput = z.object({ kind: z.literal("label-errors"), ...base });

export const checkInput = z.discriminatedUnion("kind", [shortcutsInput, siblingsInput, labelErrorsInput]);
export type CheckInput = z.output<typeof checkInput>;

export const checkConfiguration = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("shortcuts"), seed: z.number(), head: runConfiguration.nullable() }),
  z.object({
    kind: z.literal("siblings"),
    seed: z.number(),
    head: runConfiguration,
    shares: z.object({ train: z.number(), validation: z.number(), test: z.number() }),
    splits: z.number(),
  }),
  z.object({ kind: z.literal("label-errors"), seed: z.number(), head: runConfiguration }),
]);
export type CheckConfiguration = z.output<typeof checkConfiguration>;

export type CheckResult = ShortcutsResult | SiblingsResult | LabelErrorsResult;

type CheckFacts = {
  readonly id: number;
  readonly cohort: { readonly id: number; readonly name: string };
  readonly status: "queued" | "running" | "done" | "failed";
  readonly progress: { readonly phase: string; readonly done: number; readonly total: number } | null;
  readonly configuration: CheckConfiguration;
  readonly engine: RunEngine | null;
  readonly error: string | null;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly seconds: number | null;
  /** Data came in since: the same check again would be another one. */
  readonly outdated: boolean;
};

/** A check, with its result once it is done. */
export type CheckState = CheckFacts &
  (
    | { readonly kind: "shortcuts"; readonly result: ShortcutsResult | null }
    | { readonly kind: "siblings"; readonly result: SiblingsResult | null }
    | { readonly kind: "label-errors"; readonly result: LabelErrorsResult | null }
  );
