import { stringify } from "csv-stringify/sync";
import type { Actor } from "@/server/auth/actor";
import { ok, type Result } from "@/server/lib/errors";
import { metricNames } from "../schema";
import { showSweep } from "./queries";
import type { TrialView } from "./sweep-views";

/**
 * A sweep's trials as CSV, the best first: the columns of the published table, then per part the figures and
 * the confusion matrix, from which everything else can be worked out.
 * Errors: not-found, forbidden.
 */
export async function exportSweep(actor: Actor, input: { readonly sweep: number }): Promise<Result<string>> {
  const shown = await showSweep(actor, input);
  if (!shown.ok) return shown;
  const { trials, classes } = shown.value;
  const header = [
    ...["trial", "round", "status", "epochs", "loss", "accuracy", "val_loss", "val_accuracy"],
    ...["batch_size", "dropout", "learning_rate", "optimizer", "seconds"],
    ...parts.flatMap((part) => [
      ...metricNames.map((name) => `${part} ${name}`),
      ...classes.flatMap((truth) => classes.map((as) => `${part} ${truth} as ${as}`)),
    ]),
    "error",
  ];
  const rows = trials.map((trial) => rowOf(trial, classes));
  return ok(stringify([header, ...rows], { escape_formulas: true }));
}

const parts = ["validation", "test"] as const;

function rowOf(trial: TrialView, classes: readonly string[]): (string | number | null)[] {
  const { parameters, curve, metrics } = trial;
  return [
    trial.trial,
    trial.round,
    trial.status,
    parameters.epochs,
    curve?.loss.at(-1) ?? null,
    curve?.accuracy.at(-1) ?? null,
    trial.valLoss,
    trial.valAccuracy,
    parameters.batchSize,
    parameters.dropout,
    parameters.learningRate,
    parameters.optimizer,
    trial.seconds,
    ...parts.flatMap((part) => [
      ...metricNames.map((name) => metrics?.[part].metrics[name] ?? null),
      ...classes.flatMap((_, truth) =>
        classes.map((_, as) => metrics?.[part].confusion[truth]?.[as] ?? null),
      ),
    ]),
    trial.error,
  ];
}
