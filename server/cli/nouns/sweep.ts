import { type Command, Option } from "commander";
import { valueOf as valueIn } from "@/server/auth/command";
import { fail, ok, type Result } from "@/server/lib/errors";
import { ensureWeights } from "@/server/training/bring-weights";
import { networkNames } from "@/server/training/networks";
import { cancelSweep, createSweep } from "@/server/training/sweeps/commands";
import { exportSweep } from "@/server/training/sweeps/export";
import { promoteTrial } from "@/server/training/sweeps/promote";
import { listSweeps, showSweep } from "@/server/training/sweeps/queries";
import { type SweepInput, sweepPlans } from "@/server/training/sweeps/schema";
import type { SweepDetail } from "@/server/training/sweeps/sweep-views";
import { verb } from "../context";
import { downloadBar } from "../download-bar";
import { followSweep } from "../follow-sweep";
import { wholeNumber } from "./numbers";

type CreateOptions = Omit<SweepInput, "plan" | "idempotencyKey"> & {
  readonly preset: SweepInput["plan"];
  readonly wait?: boolean;
};

export function registerSweep(program: Command): void {
  const sweep = program
    .command("sweep")
    .description("many heads on one split, to find the options that serve it");
  sweep
    .command("create")
    .description("put a sweep on the queue: the published grid of 72, random search, or successive halving")
    .requiredOption("--split <name>", "split to train on")
    .addOption(new Option("--preset <plan>", "which trials").choices([...sweepPlans]).default("published"))
    .addOption(
      new Option("--network <name>", "frozen base").choices([...networkNames]).default("densenet121"),
    )
    .option("--weights <name>", "imported weights of the base; without, it stays random")
    .option("--trials <n>", "trials to begin with, for random and halving (default: 27)")
    .option("--augmented-views <n>", "rotated copies of each training image (default: 4)")
    .option("--rotation <degrees>", "largest rotation either way (default: 15)")
    .addOption(new Option("--class-weights <kind>", "weights of classes").choices(["balanced", "none"]))
    .option("--seed <n>", "what all chance follows from", "42")
    .option("--wait", "wait for the end; with no worker alive, train in this process")
    .addHelpText("after", examples)
    .action(
      verb(async ({ actor, say }, { wait, preset, ...input }: CreateOptions) => {
        const ready = await ensureWeights(actor, input.weights, downloadBar(say, input.weights ?? ""));
        if (!ready.ok) return ready;
        const created = await createSweep(actor, { ...input, plan: preset });
        if (!created.ok) return created;
        const id = created.value.sweep;
        return wait ? waited(await followSweep(actor, id, say)) : shown(showSweep(actor, { sweep: id }));
      }),
    );
  sweep
    .command("list")
    .description("sweeps, newest first")
    .option("--limit <n>", "how many", wholeNumber, 50)
    .option("--before <id>", "only sweeps before this one", wholeNumber)
    .addHelpText("after", "\nExample:\n  overread sweep list --json")
    .action(
      verb(async ({ actor }, options: { limit: number; before?: number }) => {
        const { rows, next } = valueIn(await listSweeps(actor, options));
        return ok({ rows: rows.map(({ id, ...row }) => ({ sweep: id, ...row })), next });
      }),
    );
  sweep
    .command("show")
    .description("a sweep's trials with their figures, the best validation accuracy first")
    .argument("<id>", "number of the sweep", wholeNumber)
    .addHelpText("after", "\nExample:\n  overread sweep show 3 --json")
    .action(verb(({ actor }, id: number) => shown(showSweep(actor, { sweep: id }))));
  sweep
    .command("export")
    .description("the trials as CSV")
    .argument("<id>", "number of the sweep", wholeNumber)
    .addHelpText("after", "\nExample:\n  overread sweep export 3 > sweep.csv")
    .action(
      verb(
        async ({ actor }, id: number) => {
          const csv = await exportSweep(actor, { sweep: id });
          return csv.ok ? ok({ sweep: id, csv: csv.value }) : csv;
        },
        ({ csv }) => csv,
      ),
    );
  sweep
    .command("cancel")
    .description("end a sweep; the trials that are done stay")
    .argument("<id>", "number of the sweep", wholeNumber)
    .addHelpText("after", "\nExample:\n  overread sweep cancel 3")
    .action(verb(({ actor }, id: number) => cancelSweep(actor, { sweep: id })));
  sweep
    .command("promote")
    .description("launch a trial's options as a full run: with model, intervals and errors to review")
    .argument("<id>", "number of the sweep", wholeNumber)
    .argument("<trial>", "number of the trial", wholeNumber)
    .addHelpText("after", "\nExample:\n  overread sweep promote 3 17")
    .action(verb(({ actor }, id: number, trial: number) => promoteTrial(actor, { sweep: id, trial })));
}

const examples = `
Examples:
  overread sweep create --split random-42 --preset published --network densenet121 --weights imagenet --wait
  overread sweep create --split by-patient --preset halving --trials 81`;

async function shown(detail: Promise<Result<SweepDetail>>): Promise<Result<unknown>> {
  const found = await detail;
  return found.ok ? ok(sweepDocument(found.value)) : found;
}

/** A sweep that was waited for and did not come to its end is a failure. */
function waited(detail: SweepDetail): Result<unknown> {
  if (detail.status === "done") return ok(sweepDocument(detail));
  const message = detail.error ?? `Sweep ${detail.id} is ${detail.status}.`;
  const code = detail.status === "failed" ? "invalid" : "conflict";
  return fail(code, message, { sweep: detail.id, status: detail.status });
}

/** The contract's document, with what tells the sweep apart. */
function sweepDocument({ id, trials, ...facts }: SweepDetail) {
  const { status, plan, split, network, weights, engine, seconds, error } = facts;
  return {
    sweep: id,
    status,
    plan,
    split: split.name,
    network: network.name,
    weights,
    engine,
    seconds,
    error,
    runs: trials.map((trial) => ({
      run: trial.trial,
      round: trial.round,
      status: trial.status,
      parameters: trial.parameters,
      valAccuracy: trial.valAccuracy,
      valLoss: trial.valLoss,
      metrics: trial.metrics,
      seconds: trial.seconds,
      error: trial.error,
      /** The full run that its options were launched as. */
      launchedAs: trial.run,
    })),
  };
}
