import type { Command } from "commander";
import { valueOf as valueIn } from "@/server/auth/command";
import { ok } from "@/server/lib/errors";
import { exportPredictions } from "@/server/models/export-predictions";
import { saliencyMeasures } from "@/server/models/saliency-measures";
import { cancelRun } from "@/server/training/commands";
import { listRuns, showRun } from "@/server/training/queries";
import { verb } from "../context";
import { wholeNumber } from "./numbers";
import { runDocument } from "./train";

export function registerRun(program: Command): void {
  const run = program.command("run").description("training runs and what they predict");
  run
    .command("list")
    .description("runs, newest first")
    .option("--limit <n>", "how many", wholeNumber, 50)
    .option("--before <id>", "only runs before this one", wholeNumber)
    .addHelpText("after", "\nExample:\n  overread run list --json")
    .action(
      verb(async ({ actor }, options: { limit: number; before?: number }) => {
        const { rows, next } = valueIn(await listRuns(actor, options));
        return ok({
          rows: rows.map(({ id, curve, progress, ...row }) => ({ run: id, ...row })),
          next,
        });
      }),
    );
  run
    .command("show")
    .description("everything that tells a run, its epochs, and its metrics with their intervals")
    .argument("<id>", "number of the run", wholeNumber)
    .addHelpText("after", "\nExample:\n  overread run show 14 --json")
    .action(
      verb(async ({ actor }, id: number) => {
        const shown = await showRun(actor, { run: id });
        if (!shown.ok) return shown;
        const { id: _, ...detail } = shown.value;
        const saliency = valueIn(await saliencyMeasures(actor, { run: id }));
        return ok({ ...detail, ...runDocument(shown.value), seconds: detail.seconds, saliency });
      }),
    );
  run
    .command("predictions")
    .description("probabilities of every image of every part: CSV, or JSON with --json")
    .argument("<id>", "number of the run", wholeNumber)
    .addHelpText("after", "\nExample:\n  overread run predictions 14 > predictions.csv")
    .action(
      verb(
        async ({ actor, json }, id: number) => {
          const { rows, csv } = valueIn(await exportPredictions(actor, { run: id }));
          return ok(json ? rows : csv);
        },
        (document) => String(document),
      ),
    );
  run
    .command("cancel")
    .description("end a run that waits or is at work")
    .argument("<id>", "number of the run", wholeNumber)
    .addHelpText("after", "\nExample:\n  overread run cancel 14")
    .action(verb(({ actor }, id: number) => cancelRun(actor, { run: id })));
}
