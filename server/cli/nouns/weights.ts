import { readFile, stat } from "node:fs/promises";
import { type Command, Option } from "commander";
import { fail, messageOf, ok, type Result } from "@/server/lib/errors";
import { type PretrainedNetwork, pretrainedNetworks } from "@/server/ml/weights/load";
import { bringWeights } from "@/server/training/bring-weights";
import { listWeights } from "@/server/training/queries";
import { importWeights, mostWeightsBytes } from "@/server/training/weights-commands";
import { presetNames, weightsPreset } from "@/server/training/weights-presets";
import { type CliContext, verb } from "../context";
import { downloadBar } from "../download-bar";

type Options = { readonly network?: PretrainedNetwork; readonly name?: string; readonly preset?: string };

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
    .argument("[file]", "Keras .h5, or a PyTorch state dictionary (.pth, .pt)")
    .addOption(new Option("--network <name>", "network they belong to").choices([...pretrainedNetworks]))
    .option("--name <name>", "name for runs to refer to")
    .option("--preset <name>", `known weights, brought from their source: ${presetNames()}`)
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
  overread weights import imagenet_notop.h5 --network densenet121 --name imagenet`;

async function importFile({ actor }: CliContext, file: string | undefined, { network, name }: Options) {
  if (file === undefined || network === undefined || name === undefined) {
    return fail("invalid", "Give a file with --network and --name, or a --preset.");
  }
  const bytes = await read(file);
  return bytes.ok ? importWeights(actor, { network, name, bytes: bytes.value }) : bytes;
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
  { network, name }: Options,
) {
  const known = weightsPreset(wanted);
  if (file !== undefined || (network !== undefined && network !== known?.network)) {
    return fail("invalid", `A preset brings its own file; give either a file or --preset ${wanted}.`);
  }
  return bringWeights(actor, { preset: wanted, name }, downloadBar(say, wanted));
}
