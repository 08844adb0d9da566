import { type Command, Option } from "commander";
import type { Actor } from "@/server/auth/actor";
import { fail, ok, type Result } from "@/server/lib/errors";
import { parseShares } from "@/server/splits/rules";
import { startCheck } from "@/server/training/checks/commands";
import { showCheck } from "@/server/training/checks/queries";
import type { CheckInput, CheckState } from "@/server/training/checks/schema";
import { networkNames } from "@/server/training/networks";
import { verb } from "../context";
import { followCheck } from "../follow-check";
import { wholeNumber } from "./numbers";

type Base = { readonly network: CheckInput["network"]; readonly weights?: string; readonly seed: number };
type Options = Base & { readonly wait?: boolean };
type SiblingOptions = Options & { readonly parts: string; readonly splits: number };

export function registerCheck(program: Command): void {
  const check = program
    .command("check")
    .description("what is measured on a whole cohort: what tells its classes apart, what a leak costs on it");
  withBase(
    check
      .command("shortcuts")
      .description("is the class told by something that is not the lung?")
      .argument("<cohort>"),
  )
    .addHelpText(
      "after",
      "\nExample:\n  overread check shortcuts published --weights efficientnet-lite0-imagenet --wait",
    )
    .action(
      verb(async ({ actor, say }, cohort: string, { wait, ...options }: Options) =>
        begun(actor, await startCheck(actor, { kind: "shortcuts", cohort, ...options }), wait ? say : null),
      ),
    );
  withBase(
    check
      .command("siblings")
      .description("the same test images by heads trained with and without the patient's other images")
      .argument("<cohort>"),
  )
    .option("--parts <shares>", "whole percentages: training/validation/test", "60/20/20")
    .option("--splits <n>", "splits by image to draw, each with two heads", wholeNumber, 100)
    .addHelpText(
      "after",
      "\nExample:\n  overread check siblings published --weights efficientnet-lite0-imagenet --wait",
    )
    .action(
      verb(async ({ actor, say }, cohort: string, { wait, parts, ...options }: SiblingOptions) => {
        const shares = parseShares(parts);
        if (!shares) return fail("invalid", `--parts ${parts}: write three whole percentages, as 60/20/20.`);
        const started = await startCheck(actor, { kind: "siblings", cohort, shares, ...options });
        return begun(actor, started, wait ? say : null);
      }),
    );
  withBase(
    check
      .command("label-errors")
      .description("whose label is likely wrong, by heads that did not see the patient (confident learning)")
      .argument("<cohort>"),
  )
    .addHelpText(
      "after",
      "\nExample:\n  overread check label-errors published --weights efficientnet-lite0-imagenet --wait",
    )
    .action(
      verb(async ({ actor, say }, cohort: string, { wait, ...options }: Options) =>
        begun(
          actor,
          await startCheck(actor, { kind: "label-errors", cohort, ...options }),
          wait ? say : null,
        ),
      ),
    );
  check
    .command("show")
    .description("a check, with its result once it is done")
    .argument("<id>", "number of the check", wholeNumber)
    .addHelpText("after", "\nExample:\n  overread check show 1 --json")
    .action(verb(({ actor }, id: number) => document(showCheck(actor, { check: id }))));
}

function withBase(command: Command): Command {
  return command
    .addOption(
      new Option("--network <name>", "frozen base").choices([...networkNames]).default("efficientnet-lite0"),
    )
    .option("--weights <name>", "imported weights of the base")
    .option("--seed <n>", "what all chance follows from", wholeNumber, 42)
    .option("--wait", "wait for the end; with no worker alive, work in this process");
}

async function begun(
  actor: Actor,
  started: Result<{ readonly check: number }>,
  say: ((line: string) => void) | null,
): Promise<Result<unknown>> {
  if (!started.ok) return started;
  const { check } = started.value;
  if (!say) return document(showCheck(actor, { check }));
  const state = await followCheck(actor, check, say);
  return state.status === "failed" ? fail("invalid", state.error ?? "") : document(ok(state));
}

async function document(found: Promise<Result<CheckState>> | Result<CheckState>): Promise<Result<unknown>> {
  const state = await found;
  if (!state.ok) return state;
  const { id, ...facts } = state.value;
  return ok({ check: id, ...facts });
}
