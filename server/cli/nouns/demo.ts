import type { Command } from "commander";
import { importDemo } from "@/server/demo/import-demo";
import { ExpectedFailure, ok } from "@/server/lib/errors";
import { verb } from "../context";

export function registerDemo(program: Command): void {
  program
    .command("demo")
    .description("draw the demo's films and import them")
    .option("--images <n>", "how many films", "480")
    .addHelpText("after", "\nExample:\n  overread demo --images 120 --json")
    .action(
      verb(async ({ actor, say, json }, options: { images: string }) => {
        const images = Number(options.images);
        if (!Number.isInteger(images) || images < 40 || images > 20_000) {
          throw new ExpectedFailure("invalid", "Draw between 40 and 20,000 films.");
        }
        const made = await importDemo(actor, { images, seed: 2020, say: json ? undefined : say });
        if (!made.ok) return made;
        const { dataset, datasets, images: imported, patients } = made.value;
        return ok({ dataset, datasets, images: imported, patients });
      }),
    );
}
