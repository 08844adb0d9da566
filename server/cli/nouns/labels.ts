import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { labelChanges } from "@/server/labels/changes";
import { freezeLabels } from "@/server/labels/commands";
import { type ExportedChunk, exportLabels } from "@/server/labels/export";
import { labelCounts, listLabelSets } from "@/server/labels/queries";
import { currentLabelRule } from "@/server/labels/rules";
import { fail, messageOf, ok, type Result } from "@/server/lib/errors";
import { verb } from "../context";
import { registerComparisons } from "./labels-compared";
import { wholeNumber } from "./numbers";

type ExportOptions = { format: string; dataset?: string; allFindings?: boolean; out?: string };
type Exported = { labelSet: string; rows: number } & ({ csv: string } | { file: string });

export function registerLabels(program: Command): void {
  const labels = program.command("labels").description("current labels, and label sets that freeze them");
  labels
    .command("freeze")
    .description("freeze all current labels under a name, for training, splits and exports")
    .argument("<name>")
    .addHelpText("after", "\nExample:\n  overread labels freeze after-first-reading --json")
    .action(
      verb(async ({ actor }, name: string) => {
        const frozen = await freezeLabels(actor, { name });
        if (!frozen.ok) return frozen;
        const { name: labelSet, ...rest } = frozen.value;
        return ok({ labelSet, ...rest });
      }),
    );
  labels
    .command("list")
    .description("label sets, newest first")
    .option("--before <id>", "go on after this set", wholeNumber)
    .addHelpText("after", "\nExample:\n  overread labels list --json")
    .action(
      verb(async ({ actor }, options: { before?: number }) =>
        listLabelSets(actor, { before: options.before }),
      ),
    );
  labels
    .command("show")
    .description("the rule, and how many images each finding has in each state")
    .option("--dataset <name>", "only its images")
    .addHelpText("after", "\nExample:\n  overread labels show --dataset chexpert --json")
    .action(
      verb(async ({ actor }, options: { dataset?: string }) => {
        const counts = await labelCounts(actor, { dataset: options.dataset });
        return counts.ok ? ok({ rule: currentLabelRule, ...counts.value }) : counts;
      }),
    );
  labels
    .command("changes")
    .description("reads that say something else than the source, newest first")
    .option("--before <read>", "go on after this read", wholeNumber)
    .addHelpText("after", "\nExample:\n  overread labels changes --json")
    .action(
      verb(async ({ actor }, options: { before?: number }) =>
        labelChanges(actor, { before: options.before }),
      ),
    );
  registerExport(labels);
  registerComparisons(labels);
}

function registerExport(labels: Command): void {
  labels
    .command("export")
    .description("a label set as CSV in the layout of CheXpert's train.csv")
    .argument("<name>")
    .option("--format <format>", "layout: chexpert", "chexpert")
    .option("--dataset <name>", "only its images")
    .option("--all-findings", "a column more for each finding that CheXpert does not have (COVID-19)")
    .option("--out <file>", "write it there, not to standard output")
    .addHelpText("after", "\nExample:\n  overread labels export after-first-reading --out train.csv")
    .action(
      verb(
        async ({ actor, json }, name: string, options: ExportOptions): Promise<Result<Exported>> => {
          const { format, dataset, allFindings, out } = options;
          if (format !== "chexpert") return fail("invalid", `--format ${format}: there is chexpert.`);
          const found = await exportLabels(actor, { labelSet: name, format, dataset, allFindings });
          if (!found.ok) return found;
          const { labelSet, chunks } = found.value;
          const counter = { rows: 0 };
          const lines = counted(chunks(), counter);
          if (out !== undefined) {
            const written = await writeTo(out, lines);
            return written.ok ? ok({ labelSet, rows: counter.rows, file: out }) : written;
          }
          const csv = json ? await joined(lines) : await streamed(lines);
          return ok({ labelSet, rows: counter.rows, csv });
        },
        (document) => ("csv" in document ? document.csv : `${document.rows} images in ${document.file}`),
      ),
    );
}

async function* counted(
  chunks: AsyncIterable<ExportedChunk>,
  counter: { rows: number },
): AsyncGenerator<string> {
  for await (const { csv, rows } of chunks) {
    counter.rows += rows;
    yield csv;
  }
}

async function writeTo(file: string, chunks: AsyncIterable<string>): Promise<Result<null>> {
  try {
    await pipeline(Readable.from(chunks), createWriteStream(file));
    return ok(null);
  } catch (error) {
    return fail("unavailable", `${file} cannot be written: ${messageOf(error)}`);
  }
}

async function joined(chunks: AsyncIterable<string>): Promise<string> {
  const parts: string[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return parts.join("");
}

/** Writes every chunk but the last to standard output as it comes; the last one ends the verb's own answer. */
async function streamed(chunks: AsyncIterable<string>): Promise<string> {
  let last = "";
  for await (const chunk of chunks) {
    if (last !== "" && !process.stdout.write(last)) {
      await new Promise((resolve) => process.stdout.once("drain", resolve));
    }
    last = chunk;
  }
  return last;
}
