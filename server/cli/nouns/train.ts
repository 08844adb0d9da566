import type { Command } from "commander";
import { Option } from "commander";
import type { Actor } from "@/server/auth/actor";
import { fail, ok, type Result } from "@/server/lib/errors";
import { ensureWeights } from "@/server/training/bring-weights";
import { launchRun } from "@/server/training/commands";
import { fineTunableStages, networkNames } from "@/server/training/networks";
import { showRun } from "@/server/training/queries";
import type { RunDetail } from "@/server/training/run-views";
import { devices, type LaunchInput, lossNames, poolings, samplings } from "@/server/training/schema";
import { verb } from "../context";
import { downloadBar } from "../download-bar";
import { followRun } from "../follow-run";

type Options = Omit<LaunchInput, "idempotencyKey"> & { readonly wait?: boolean };

export function registerTrain(program: Command): void {
  program
    .command("train")
    .description("launch a training run on a split")
    .requiredOption("--split <name>", "split to train on")
    .addOption(new Option("--network <name>", "network").choices([...networkNames]).makeOptionMandatory())
    .option(
      "--weights <name>",
      "weights of the base, imported or a preset's; without, a frozen base stays random",
    )
    .addOption(new Option("--preset <name>", "the published study's options").choices(["published"]))
    .addOption(
      new Option(
        "--pooling <kind>",
        "what the head takes of the last map; the published one sees the top-left 4 × 4 of DenseNet's 7 × 7",
      ).choices([...poolings]),
    )
    .option("--epochs <n>", "epochs")
    .option("--batch-size <n>", "images per step")
    .option("--learning-rate <x>", "learning rate of the first step")
    .addOption(new Option("--optimizer <name>", "optimizer").choices(["adam", "sgd"]))
    .option("--decay <x>", "Keras' time decay of the learning rate; by default the rate ÷ epochs")
    .option("--dropout <x>", "share of hidden units left out in a step, from 0 to below 1")
    .addOption(new Option("--class-weights <kind>", "weights of classes").choices(["balanced", "none"]))
    .addOption(
      new Option("--sampling <kind>", "even out the classes of an epoch, in place of weights").choices([
        ...samplings,
      ]),
    )
    .addOption(
      new Option(
        "--loss <name>",
        "binary-crossentropy is the textbook's, as published; Keras 3 computes the sigmoid's instead",
      ).choices([...lossNames]),
    )
    .option("--l1 <x>", "penalty of the head's kernels, x · Σ|w|")
    .option("--l2 <x>", "penalty of the head's kernels, x · Σw²")
    .option("--hidden <n>", "units of the head's hidden layer")
    .option("--augmented-views <n>", "rotated copies of each training image, for a frozen base")
    .option("--rotation <degrees>", "largest rotation either way")
    .option("--early-stopping <n>", "stop after n epochs without a lower validation loss; keep the best")
    .addOption(
      new Option(
        "--fine-tune <from>",
        "train the base too once the head is: whole, or from this stage on, with BatchNorm's statistics frozen",
      ).choices(["none", "whole", ...fineTunableStages]),
    )
    .option("--fine-tune-epochs <n>", "epochs of the fine-tuning, 30 by default")
    .option("--fine-tune-learning-rate <x>", "its learning rate, 1e-5 by default")
    .option("--fine-tune-batch-size <n>", "its images per step, 8 by default")
    .addOption(new Option("--device <kind>", "gpu waits for a worker that has one").choices([...devices]))
    .option("--seed <n>", "what all chance follows from", "42")
    .option("--wait", "wait for the end; with no worker alive, train in this process")
    .addHelpText("after", examples)
    .action(
      verb(async ({ actor, say }, { wait, ...input }: Options) => {
        const ready = await ensureWeights(actor, input.weights, downloadBar(say, input.weights ?? ""));
        if (!ready.ok) return ready;
        const launched = await launchRun(actor, input);
        if (!launched.ok) return launched;
        const { run } = launched.value;
        if (wait) await followRun(actor, run, say);
        return trained(actor, run, wait === true);
      }),
    );
}

const examples = `
Examples:
  overread train --split by-patient --network compact --epochs 10 --wait
  overread train --split by-patient --network efficientnet-lite0 --weights efficientnet-lite0-imagenet
  overread train --split by-patient --network densenet121 --weights imagenet --preset published
  overread train --split by-patient --network densenet121 --weights imagenet --fine-tune conv5 --fine-tune-epochs 10`;

/** The contract's document. A run that was waited for and came to no model is a failure. */
async function trained(actor: Actor, run: number, waited: boolean): Promise<Result<unknown>> {
  const shown = await showRun(actor, { run });
  if (!shown.ok) return shown;
  const detail = shown.value;
  if (waited && detail.status !== "done") {
    const message = detail.error ?? unfinished(detail);
    return fail(detail.status === "failed" ? "invalid" : "conflict", message, { run, status: detail.status });
  }
  return ok(runDocument(detail));
}

function unfinished({ id, status, progress }: RunDetail): string {
  if (progress?.phase !== "gpu") return `Run ${id} was ${status}.`;
  return `Run ${id} waits for a worker that has a GPU; this machine has none that TensorFlow can use.`;
}

/** What `train` and `run show` say of a run's course and result. */
export function runDocument(detail: RunDetail) {
  return {
    run: detail.id,
    status: detail.status,
    engine: detail.engine,
    seconds: detail.seconds && { features: detail.seconds.features, training: detail.seconds.training },
    epochs: detail.epochs,
    test: detail.metrics && plainMetrics(detail.metrics.parts.test),
  };
}

type TestMetrics = NonNullable<RunDetail["metrics"]>["parts"]["test"];

/** The figures without their intervals; those stand in `run show`. */
function plainMetrics({ images, patients, confusion, metrics }: TestMetrics) {
  const values = Object.entries(metrics).map(([name, metric]) => [name, metric.value]);
  return { images, patients, ...Object.fromEntries(values), confusion };
}
