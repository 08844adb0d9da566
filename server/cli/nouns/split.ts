import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { showCohort } from "@/server/cohorts/queries";
import { auditSplit } from "@/server/integrity/audit";
import { mendSplit } from "@/server/integrity/commands";
import { allLeaks } from "@/server/integrity/queries";
import { fail, ok, type Result } from "@/server/lib/errors";
import { createSplit } from "@/server/splits/commands";
import { exportSplit } from "@/server/splits/export";
import { showSplit, splitsOfCohorts } from "@/server/splits/queries";
import { parseShares, parts, type Strategy, type Stratify } from "@/server/splits/rules";
import { verb } from "../context";
import { auditLines, mendedLines, partLines } from "./split-text";

type Exported = { split: string; images: number } & ({ csv: string } | { file: string });
type CreateOptions = { cohort: string; strategy: Strategy; parts: string; seed: number; stratify: Stratify };

export function registerSplit(program: Command): void {
  const split = program.command("split").description("sides of a cohort, and what leaks from one to another");
  registerCreate(split);
  split
    .command("audit")
    .description("which held-out images have a patient or film in training")
    .argument("<name>")
    .addHelpText("after", "\nExample:\n  overread split audit random-42 --json")
    .action(
      verb(async ({ actor }, name: string) => {
        const audit = await auditSplit(actor, { split: name });
        if (!audit.ok) return audit;
        const pairs = await allLeaks(actor, { split: name });
        if (!pairs.ok) return pairs;
        const { leaks, parts: byPart, expected } = audit.value;
        const named = pairs.value.map((pair) => ({ ...pair, part: parts[pair.part] }));
        return ok({ split: name, leaks, parts: byPart, expected, pairs: named });
      }, auditLines),
    );
  split
    .command("mend")
    .description("draw the same cohort anew with whole patients on one side; the old split stays")
    .argument("<name>")
    .requiredOption("--as <new>", "name of the new split")
    .addHelpText("after", "\nExample:\n  overread split mend random-42 --as random-42-mended --json")
    .action(
      verb(async ({ actor }, name: string, options: { as: string }) => {
        const mended = await mendSplit(actor, { split: name, name: options.as });
        if (!mended.ok) return mended;
        const { name: made, ...rest } = mended.value;
        return ok({ split: made, ...rest, parts: rest.after.parts });
      }, mendedLines),
    );
  split
    .command("export")
    .description("the split as CSV: dataset,path,patient,class,part")
    .argument("<name>")
    .option("--out <file>", "write it there, not to standard output")
    .addHelpText("after", "\nExample:\n  overread split export random-42 --out random-42.csv")
    .action(
      verb(
        async ({ actor }, name: string, options: { out?: string }): Promise<Result<Exported>> => {
          const exported = await exportSplit(actor, { split: name });
          if (!exported.ok || options.out === undefined) return exported;
          await writeFile(options.out, exported.value.csv);
          const { split: made, images } = exported.value;
          return ok({ split: made, images, file: options.out });
        },
        (document) => ("csv" in document ? document.csv : `${document.images} images in ${document.file}`),
      ),
    );
  split
    .command("list")
    .description("a cohort's splits, newest first")
    .requiredOption("--cohort <name>")
    .addHelpText("after", "\nExample:\n  overread split list --cohort published --json")
    .action(
      verb(async ({ actor }, options: { cohort: string }) => {
        const cohort = await showCohort(actor, { cohort: options.cohort });
        if (!cohort.ok) return cohort;
        return splitsOfCohorts(actor, { cohorts: [cohort.value.id] });
      }),
    );
  split
    .command("show")
    .description("a split's plan and counts")
    .argument("<name>")
    .addHelpText("after", "\nExample:\n  overread split show random-42 --json")
    .action(verb(async ({ actor }, name: string) => showSplit(actor, { split: name })));
}

function registerCreate(split: Command): void {
  split
    .command("create")
    .description("divide a cohort into training, validation and test")
    .argument("<name>")
    .requiredOption("--cohort <name>")
    .requiredOption("--strategy <strategy>", "random (each image by itself) or patient (whole patients)")
    .option("--parts <shares>", "whole percentages: training/validation/test", "60/20/20")
    .option("--seed <number>", "same cohort, parts and seed: same split", Number, 42)
    .option("--stratify <what>", "keep the shares of: class, class-source or none", "class")
    .addHelpText(
      "after",
      "\nExample:\n  overread split create random-42 --cohort published --strategy random --parts 60/20/20 --seed 42",
    )
    .action(
      verb(
        async ({ actor }, name: string, options: CreateOptions) => {
          const shares = parseShares(options.parts);
          if (!shares)
            return fail("invalid", `--parts ${options.parts}: write three whole percentages, as 60/20/20.`);
          const { cohort, strategy, seed, stratify } = options;
          const made = await createSplit(actor, { name, cohort, strategy, shares, seed, stratify });
          if (!made.ok) return made;
          const { id, name: split, summary, audit } = made.value;
          return ok({ split, id, parts: summary.parts, drift: summary.drift, leaks: audit.leaks });
        },
        (made) => partLines(made.parts),
      ),
    );
}
