import { SingleBar } from "cli-progress";
import type { Command } from "commander";
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
      .description(`${format.title}: a folder with ${format.table} and its films, or the table alone`)
      .argument("<source>", "folder, csv or csv.gz")
      .option("--name <name>", `name of the dataset (default: ${format.defaultDataset})`)
      .option("--csv <file>", `another table than the folder's own ${format.table}`)
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
