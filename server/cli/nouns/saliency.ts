import { writeFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { ok } from "@/server/lib/errors";
import { saliencyOverlay, showSaliency } from "@/server/models/saliency";
import { explainRun } from "@/server/training/explain";
import { type SaliencyMethod, saliencyMethods } from "@/server/training/schema";
import { verb } from "../context";
import { wholeNumber } from "./numbers";

type Options = { readonly image: number; readonly method: SaliencyMethod; readonly out: string };

export function registerSaliency(program: Command): void {
  program
    .command("saliency")
    .description("what the model used in an image: its overlay as a transparent PNG, with the raw range")
    .argument("<run>", "number of a finished run", wholeNumber)
    .addOption(
      new Option("--image <id>", "image of the run's split").argParser(wholeNumber).makeOptionMandatory(),
    )
    .addOption(new Option("--method <name>", "method").choices([...saliencyMethods]).default("hirescam"))
    .requiredOption("--out <file>", "PNG to write")
    .addHelpText("after", "\nExample:\n  overread saliency 14 --image 812 --out overlay.png --json")
    .action(
      verb(async ({ actor }, run: number, { image, method, out }: Options) => {
        const asked = { run, image, method };
        let map = await showSaliency(actor, asked);
        if (!map.ok && map.code === "not-found") {
          await explainRun({ runId: run, imageId: image, method }, new AbortController().signal);
          map = await showSaliency(actor, asked);
        }
        if (!map.ok) return map;
        const overlay = await saliencyOverlay(actor, asked);
        if (!overlay.ok) return overlay;
        await writeFile(out, await overlay.value.draw());
        const { score, min, max, probability, className } = map.value;
        return ok({ score, min, max, file: out, probability, class: className });
      }),
    );
}
