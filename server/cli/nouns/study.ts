import { type Command, Option } from "commander";
import { fail } from "@/server/lib/errors";
import { ensureWeights } from "@/server/training/bring-weights";
import { networkNames } from "@/server/training/networks";
import { verb } from "../context";
import { downloadBar } from "../download-bar";
import type { StudyBase } from "../study/heads";
import { reproduceStudy, type StudyDocument } from "../study/reproduce";
import { openStage } from "../study/stage";

type Options = Omit<StudyBase, "weights"> & {
  readonly weights?: string;
  readonly data: string;
  readonly out: string;
};

/** The base that works on a machine with nothing but its package index. */
const usual = { network: "efficientnet-lite0", weights: "efficientnet-lite0-imagenet" } as const;

export function registerStudy(program: Command): void {
  const study = program.command("study").description("a published study as one command");
  study
    .command("reproduce")
    .description(
      "import, cohort, splits, the grid of 72 twice, what tells the classes, what the leak costs: a report",
    )
    .requiredOption("--data <folder>", "holds published-study.csv, CheXpert and covid-chestxray-dataset")
    .requiredOption("--out <folder>", "where report.md, its plots and report.json go")
    .addOption(
      new Option("--network <name>", "frozen base").choices([...networkNames]).default(usual.network),
    )
    .option("--weights <name>", "imported weights of the base, or a preset's")
    .addHelpText("after", "\nExample:\n  overread study reproduce --data ../shared/data --out study-report")
    .action(
      verb(async ({ actor, say }, { data, out, network, weights: named }: Options) => {
        const weights = named ?? (network === usual.network ? usual.weights : undefined);
        if (weights === undefined) {
          return fail(
            "invalid",
            `${network} needs --weights: with a random base there is nothing to reproduce.`,
          );
        }
        const brought = await ensureWeights(actor, weights, downloadBar(say, weights));
        return brought.ok ? reproduceStudy(openStage(actor, say), { data, out, network, weights }) : brought;
      }, summary),
    );
}

function summary({ report, seconds, runs }: StudyDocument): string {
  return `${report} (${seconds.toFixed(0)} s; runs ${runs.map(({ run }) => run).join(" and ")})`;
}
