import { constants, createWriteStream } from "node:fs";
import { access, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Command, Option } from "commander";
import { stringify } from "csv-stringify/sync";
import { fail, messageOf, ok, type Result } from "@/server/lib/errors";
import { type PretrainedNetwork, pretrainedNetworks } from "@/server/ml/weights/load";
import { ensureWeights } from "@/server/training/bring-weights";
import { type ExportedFeatures, exportFeatures } from "@/server/training/export/export-features";
import { type CliContext, verb } from "../context";
import { downloadBar } from "../download-bar";

type Options = {
  readonly dataset?: string;
  readonly cohort?: string;
  readonly network: PretrainedNetwork;
  readonly weights: string;
  readonly out: string;
};

export function registerFeatures(program: Command): void {
  const features = program.command("features").description("what a pretrained base makes of each film");
  features
    .command("export")
    .description(
      "pooled features as a NumPy file [images, width], and beside it a CSV that names each row's image",
    )
    .option("--dataset <name>", "of all its films")
    .option("--cohort <name>", "of all its films")
    .addOption(new Option("--network <name>", "base").choices([...pretrainedNetworks]).makeOptionMandatory())
    .requiredOption("--weights <name>", "weights of the base, imported or a preset's")
    .requiredOption("--out <file.npy>", "NumPy file to write; the CSV gets the same name with .csv")
    .addHelpText("after", examples)
    .action(verb(exportTo));
}

const examples = `
Example:
  overread features export --cohort published --network efficientnet-lite0 \\
    --weights efficientnet-lite0-imagenet --out features.npy --json

In Python: numpy.load("features.npy") and pandas.read_csv("features.csv") have the same order of rows.`;

async function exportTo({ actor, say }: CliContext, { out, ...asked }: Options): Promise<Result<unknown>> {
  if (!out.endsWith(".npy")) return fail("invalid", `--out ${out}: name a file that ends in .npy.`);
  const place = path.dirname(path.resolve(out));
  // Before the hours that extraction may take, not after them.
  const writable = await access(place, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!writable) return fail("unavailable", `${place} is not there, or cannot be written to.`);
  const ready = await ensureWeights(actor, asked.weights, downloadBar(say, asked.weights));
  if (!ready.ok) return ready;
  let told = 0;
  const onProgress = (done: number, total: number) => {
    if (done < total && Date.now() - told < 5_000) return;
    told = Date.now();
    say(`Features of ${done} of ${total} films`);
  };
  const exported = await exportFeatures(actor, asked, { onProgress });
  if (!exported.ok) return exported;
  return write(exported.value, out, `${out.slice(0, -".npy".length)}.csv`);
}

async function write(
  { images, width, absent, npy }: ExportedFeatures,
  file: string,
  index: string,
): Promise<Result<unknown>> {
  const rows = images.map((image) => [image.dataset, image.path]);
  const csv = stringify(rows, { header: true, columns: ["dataset", "path"], escape_formulas: true });
  try {
    await whole(file, npy());
    await whole(index, [csv]);
  } catch (error) {
    return fail("unavailable", `${file} and its index cannot be written: ${messageOf(error)}`);
  }
  return ok({ images: images.length, width, file, index, ...(absent > 0 ? { absent } : {}) });
}

/** The file appears whole or not at all. */
async function whole(file: string, pieces: AsyncIterable<Buffer> | Iterable<string>): Promise<void> {
  const partial = `${file}.part`;
  try {
    await pipeline(Readable.from(pieces), createWriteStream(partial));
    await rename(partial, file);
  } finally {
    await rm(partial, { force: true });
  }
}
