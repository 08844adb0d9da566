import { SingleBar } from "cli-progress";
import { type Command, Option } from "commander";
import { datasetFormats } from "@/server/datasets/formats/registry";
import { importNow } from "@/server/datasets/import/import-now";
import type { ImportProgress } from "@/server/datasets/schema";
import { verb } from "../context";

type Options = { name?: string; csv?: string };

export function registerImport(program: Command): void {
  const noun = program
    .command("import")
    .description("take a dataset in: its table, its films; again, to follow what changed");
  for (const format of datasetFormats) {
    noun
      .command(format.name)
      .description(
        format.kind === "table"
          ? `${format.title}: a folder with ${format.table} and its films, or the table alone`
          : `${format.title}: a folder of files, or one; de-identified on the way in`,
      )
      .argument("<source>", format.kind === "table" ? "folder, csv or csv.gz" : "folder or file")
      .option("--name <name>", `name of the dataset (default: ${format.defaultDataset})`)
      .addOption(
        new Option("--csv <file>", "another table than the folder's own").hideHelp(format.kind === "files"),
      )
      // Scripts put --wait behind everything that takes long; an import from here always waits.
      .option("--wait", "wait for the end, as an import from the command line always does")
      .addHelpText(
        "after",
        `\nExample:\n  overread import ${format.name} /data/${format.defaultDataset} --json`,
      )
      .action(
        verb(async ({ actor }, source: string, options: Options) => {
          const progress = shownProgress();
          const input = { format: format.name, source, name: options.name, table: options.csv };
          return importNow(actor, input, { onProgress: progress.show }).finally(progress.end);
        }),
      );
  }
}

/** A bar on standard error where that is a terminal; nothing elsewhere. */
function shownProgress(): { show(progress: ImportProgress): void; end(): void } {
  if (!process.stderr.isTTY) return { show: () => {}, end: () => {} };
  const bar = new SingleBar({
    format: "{phase} {bar} {value}/{total}",
    stream: process.stderr,
    hideCursor: true,
  });
  let started = false;
  return {
    show({ phase, done, total }) {
      if (!started) bar.start(total, done, { phase });
      started = true;
      bar.setTotal(total);
      bar.update(done, { phase });
    },
    end: () => bar.stop(),
  };
}
