import type { cohorts, runEpochs, runs, splits } from "@/server/db/schema";
import { trainableNetworks } from "./networks";
import { type RunEpoch, type RunState, runConfiguration, runMetrics } from "./schema";

type RunRow = typeof runs.$inferSelect;

/** A run's row as the live page shows it. */
export function runState(run: RunRow): RunState {
  return {
    id: run.id,
    status: run.status,
    progress: run.progress,
    engine: run.engine,
    error: run.error,
    attempt: run.attempt,
    cancelRequested: run.cancelRequestedAt !== null,
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
  };
}

type Joined = {
  readonly run: RunRow;
  readonly split: typeof splits.$inferSelect;
  readonly cohort: typeof cohorts.$inferSelect;
  readonly labelSet: string | null;
  readonly weights: string | null;
};

/** Everything that tells a run: what it was made of, how, by whom, on what; and what came out. */
export function runDetail({ run, split, cohort, ...names }: Joined, rows: (typeof runEpochs.$inferSelect)[]) {
  const configuration = runConfiguration.parse(run.configuration);
  const metrics = run.metrics === null ? null : runMetrics.parse(run.metrics);
  return {
    ...runState(run),
    network: { name: configuration.network, title: trainableNetworks[configuration.network].title },
    split: {
      id: split.id,
      name: split.name,
      strategy: split.strategy,
      shares: split.shares,
      seed: split.seed,
      audit: split.audit,
    },
    cohort: { id: cohort.id, name: cohort.name },
    labelSet: names.labelSet,
    weights: names.weights,
    classes: run.classes,
    configuration,
    datasetVersions: run.datasetVersions,
    codeVersion: run.codeVersion,
    seed: run.seed,
    modelSha256: run.modelSha256,
    seconds: run.seconds,
    metrics,
    createdAt: run.createdAt.toISOString(),
    createdBy: run.createdBy,
    epochs: rows.map(
      ({ epoch, loss, accuracy, valLoss, valAccuracy, fineTuned }): RunEpoch => ({
        epoch,
        loss,
        accuracy,
        valLoss,
        valAccuracy,
        fineTuned,
      }),
    ),
  };
}
export type RunDetail = ReturnType<typeof runDetail>;
