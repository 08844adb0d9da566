import { readFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { fail, messageOf } from "@/server/lib/errors";
import { trainableNetworks } from "@/server/training/networks";
import { listWeights } from "@/server/training/queries";
import { verb } from "../context";

type Options = { readonly network: string; readonly name: string };

const frozen = Object.values(trainableNetworks).filter((network) => network.trained === "head");

export function registerWeights(program: Command): void {
  const weights = program.command("weights").description("pretrained weights of network bases");
  weights
    .command("list")
    .description("imported weights")
    .addHelpText("after", "\nExample:\n  overread weights list --json")
    .action(verb(({ actor }) => listWeights(actor, {})));
  weights
    .command("import")
    .description("read a Keras .h5 file; says which layers are missing and which are left over")
    .argument("<file>", "weights as Keras saves them")
    .addOption(
      new Option("--network <name>", "network they belong to")
        .choices(frozen.map((network) => network.name))
        .makeOptionMandatory(),
    )
    .requiredOption("--name <name>", "name for runs to refer to")
    .addHelpText(
      "after",
      "\nExample:\n  overread weights import imagenet_notop.h5 --network densenet121 --name imagenet",
    )
    .action(
      verb(async ({ actor }, file: string, options: Options) => {
        const bytes = await readFile(file).catch((error: unknown) => messageOf(error));
        if (typeof bytes === "string") return fail("not-found", `${file} cannot be read: ${bytes}`);
        // Loaded here alone: the HDF5 reader costs 4 s and 600 MB, which no other command should pay.
        const { importWeights } = await import("@/server/training/weights-commands");
        return importWeights(actor, { network: "densenet121", name: options.name, bytes });
      }),
    );
}
