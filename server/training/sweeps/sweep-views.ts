import type { splits, sweeps, sweepTrials } from "@/server/db/schema";
import { type NetworkName, trainableNetworks } from "../networks";
import { type RunEngine, type RunStatus, runConfiguration } from "../schema";
import {
  type SweepPlan,
  type TrialCurve,
  type TrialMetrics,
  type TrialParameters,
  trialMetrics,
} from "./schema";

export type TrialView = {
  readonly trial: number;
  readonly round: number;
  readonly status: "waiting" | "running" | "done" | "failed";
  readonly parameters: TrialParameters;
  readonly valAccuracy: number | null;
  readonly valLoss: number | null;
  readonly metrics: TrialMetrics | null;
  readonly curve: TrialCurve | null;
  readonly seconds: number | null;
  readonly error: string | null;
  /** The full run that it was launched as. */
  readonly run: number | null;
};

export function trialView(row: typeof sweepTrials.$inferSelect): TrialView {
  const { number, round, status, parameters, valAccuracy, valLoss, curve, seconds, error, runId } = row;
  return {
    trial: number,
    round,
    status,
    parameters,
    valAccuracy,
    valLoss,
    metrics: row.metrics === null ? null : trialMetrics.parse(row.metrics),
    curve,
    seconds,
    error,
    run: runId,
  };
}

type SweepRow = typeof sweeps.$inferSelect;

type SweepFacts = {
  readonly id: number;
  readonly plan: SweepPlan;
  readonly status: RunStatus;
  readonly network: { readonly name: NetworkName; readonly title: string };
  readonly weights: string | null;
  readonly error: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
};

function factsOf(sweep: SweepRow, weights: string | null): SweepFacts {
  const { network } = runConfiguration.parse(sweep.configuration);
  return {
    id: sweep.id,
    plan: sweep.plan,
    status: sweep.status,
    network: { name: network, title: trainableNetworks[network].title },
    weights,
    error: sweep.error,
    createdAt: sweep.createdAt.toISOString(),
    createdBy: sweep.createdBy,
    startedAt: sweep.startedAt?.toISOString() ?? null,
    finishedAt: sweep.finishedAt?.toISOString() ?? null,
  };
}

/** One row of the list of sweeps. */
export function sweepListed(row: {
  readonly sweep: SweepRow;
  readonly split: string;
  readonly weights: string | null;
  readonly trials: number;
  readonly done: number;
  readonly best: number | null;
}) {
  const { split, trials, done, best } = row;
  return { ...factsOf(row.sweep, row.weights), split, trials, done, best };
}

/** A sweep with its trials, in the order given. */
export function sweepDetail(
  row: {
    readonly sweep: SweepRow;
    readonly split: typeof splits.$inferSelect;
    readonly cohort: string;
    readonly weights: string | null;
  },
  trials: readonly TrialView[],
) {
  const { sweep, split, cohort } = row;
  return {
    ...factsOf(sweep, row.weights),
    split: { id: split.id, name: split.name },
    cohort,
    configuration: runConfiguration.parse(sweep.configuration),
    classes: sweep.classes,
    datasetVersions: sweep.datasetVersions,
    codeVersion: sweep.codeVersion,
    engine: sweep.engine satisfies RunEngine | null,
    /** Of the extraction, while it is at work. */
    progress: sweep.progress,
    seconds: {
      features: sweep.seconds?.features ?? 0,
      extracted: sweep.seconds?.extracted ?? 0,
      // Processor time: trials are trained side by side.
      trials: trials.reduce((sum, trial) => sum + (trial.seconds ?? 0), 0),
    },
    trials,
  };
}
export type SweepDetail = ReturnType<typeof sweepDetail>;
