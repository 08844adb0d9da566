import { readFile, stat } from "node:fs/promises";
import { type Command, Option } from "commander";
import { fail, messageOf, ok, type Result } from "@/server/lib/errors";
import { type PreprocessName, preprocessNames } from "@/server/ml/preprocess-names";
import { type MapEnd, mapEnds } from "@/server/ml/weights/facts";
import { type PretrainedNetwork, pretrainedNetworks } from "@/server/ml/weights/load";
import { bringWeights } from "@/server/training/bring-weights";
import { listWeights } from "@/server/training/queries";
import { importWeights, mostWeightsBytes } from "@/server/training/weights-commands";
import { presetNames, weightsPreset } from "@/server/training/weights-presets";
import { type CliContext, verb } from "../context";
import { downloadBar } from "../download-bar";

type Options = {
  readonly network?: PretrainedNetwork;
  readonly name?: string;
  readonly preset?: string;
  readonly preprocess?: PreprocessName;
  readonly ends?: MapEnd;
};

export function registerWeights(program: Command): void {
  const weights = program.command("weights").description("pretrained weights of network bases");
  weights
    .command("list")
    .description("imported weights")
    .addHelpText("after", "\nExample:\n  overread weights list --json")
    .action(verb(({ actor }) => listWeights(actor, {})));
  weights
    .command("import")
    .description("read a weights file; says which layers are missing and which are left over")
    .argument("[file]", "Keras .h5 or .weights.h5, a PyTorch state dictionary (.pth, .pt), or safetensors")
    .addOption(new Option("--network <name>", "network they belong to").choices([...pretrainedNetworks]))
    .option("--name <name>", "name for runs to refer to")
    .option("--preset <name>", `known weights, from their source or the file given: ${presetNames()}`)
    .addOption(
      new Option("--preprocess <name>", "how images were prepared when they were trained").choices([
        ...preprocessNames,
      ]),
    )
    .addOption(
      new Option(
        "--ends <layer>",
        "what the model's last map came from; told from the file where it lists its layers",
      ).choices([...mapEnds]),
    )
    .addHelpText("after", examples)
    .action(
      verb((context, file: string | undefined, options: Options) =>
        options.preset === undefined
          ? importFile(context, file, options)
          : importPreset(context, file, options.preset, options),
      ),
    );
}

const examples = `
Examples:
  overread weights import --preset efficientnet-lite0
  overread weights import --preset densenet121-imagenet
  overread weights import Downloads/chexnet.h5 --preset chexnet
  overread weights import mine.weights.h5 --network densenet121 --name mine --preprocess as-published

Without a network: a preset's file may also be put into the folder "weights" of the data folder.`;

async function importFile({ actor }: CliContext, file: string | undefined, options: Options) {
  const { network, name, preprocess, ends } = options;
  if (file === undefined || network === undefined || name === undefined) {
    return fail("invalid", "Give a file with --network and --name, or a --preset.");
  }
  const bytes = await read(file);
  return bytes.ok
    ? importWeights(actor, { network, name, bytes: bytes.value, known: { preprocess, ends } })
    : bytes;
}

async function read(file: string): Promise<Result<Uint8Array<ArrayBuffer>>> {
  try {
    const { size } = await stat(file);
    if (size > mostWeightsBytes) return fail("invalid", `${file} is larger than 512 MB.`);
    return ok(await readFile(file));
  } catch (error) {
    return fail("not-found", `${file} cannot be read: ${messageOf(error)}`);
  }
}

async function importPreset(
  { actor, say }: CliContext,
  file: string | undefined,
  wanted: string,
  { network, name, preprocess, ends }: Options,
) {
  const known = weightsPreset(wanted);
  if (network !== undefined && known && network !== known.network) {
    return fail("invalid", `The preset ${wanted} is of ${known.network}, not of ${network}.`);
  }
  if (preprocess !== undefined || ends !== undefined) {
    return fail("invalid", "A preset knows how its images were prepared and what its last map came from.");
  }
  if (file === undefined) return bringWeights(actor, { preset: wanted, name }, downloadBar(say, wanted));
  const bytes = await read(file);
  return bytes.ok ? bringWeights(actor, { preset: wanted, name, file: bytes.value }) : bytes;
}
