import type { Command } from "commander";
import { listVocabulary } from "@/server/labels/queries";
import { addFinding, changeFinding, lookOf } from "@/server/labels/vocabulary-commands";
import { vocabularyImpact } from "@/server/labels/vocabulary-impact";
import { fail, ok, type Result } from "@/server/lib/errors";
import { type CliContext, verb } from "../context";

type Done = { readonly position: number; readonly name: string } | { readonly sentences: readonly string[] };
type Look = { shownAs?: string; key?: string; parent?: string; retired?: string; preview?: boolean };

/** The vocabulary from a shell; `--preview` tells what a change means and makes none. */
export function registerFinding(program: Command): void {
  const finding = program.command("finding").description("the vocabulary that labels are made of");
  finding
    .command("list")
    .description("findings with what they are shown as, their keys and parents")
    .addHelpText("after", "\nExample:\n  overread finding list --json")
    .action(
      verb(async ({ actor }) => {
        const all = await listVocabulary(actor, {});
        return all.ok ? ok({ findings: all.value }) : all;
      }),
    );
  finding
    .command("add")
    .description("add a finding; labels that are there say nothing of it")
    .argument("<name>")
    .option("--shown-as <text>", "on pages and in the reading room (default: the name)")
    .option("--key <letter>", "its key in the reading room (default: none)")
    .option("--parent <name>", "the finding that it is a kind of")
    .option("--preview", "only say what it means")
    .addHelpText(
      "after",
      '\nExample:\n  overread finding add Nodule --key Y --parent "Lung Opacity" --preview',
    )
    .action(
      verb(
        async ({ actor }, name: string, { shownAs, key, parent, preview }: Look): Promise<Result<Done>> => {
          const at = await positionOf(actor, parent);
          if (!at.ok) return at;
          const add = { name, shortName: shownAs ?? name, key: key ?? null, parent: at.value };
          return preview ? vocabularyImpact(actor, { add }) : addFinding(actor, add);
        },
      ),
    );
  finding
    .command("change")
    .description("change what a finding is shown as, its key, its parent, or retire it; no label changes")
    .argument("<name>")
    .option("--shown-as <text>", "on pages and in the reading room")
    .option("--key <letter>", "its key; none takes it away")
    .option("--parent <name>", "the finding that it is a kind of; none takes it away")
    .option("--retired <yes|no>", "whether readers are no longer offered it")
    .option("--preview", "only say what it means")
    .addHelpText("after", "\nExample:\n  overread finding change COVID-19 --retired yes --preview")
    .action(verb(({ actor }, name: string, look: Look) => changed(actor, name, look)));
}

async function changed(actor: CliContext["actor"], name: string, look: Look): Promise<Result<Done>> {
  const all = await listVocabulary(actor, {});
  if (!all.ok) return all;
  const now = all.value.find((one) => one.name === name);
  if (!now) return fail("not-found", `There is no finding ${name}.`);
  if (look.retired !== undefined && !["yes", "no"].includes(look.retired)) {
    return fail("invalid", `--retired ${look.retired}: say yes or no.`);
  }
  const parent = look.parent === undefined ? ok(now.parent) : await positionOf(actor, look.parent);
  if (!parent.ok) return parent;
  const seen = lookOf(now);
  const change = {
    shortName: look.shownAs ?? seen.shortName,
    key: look.key === undefined ? seen.key : look.key === "none" ? null : look.key,
    parent: parent.value,
    retired: look.retired === undefined ? seen.retired : look.retired === "yes",
  };
  const input = { position: now.position, seen, change };
  return look.preview ? vocabularyImpact(actor, { change: input }) : changeFinding(actor, input);
}

async function positionOf(actor: CliContext["actor"], name: string | undefined) {
  if (name === undefined || name === "none") return ok(null);
  const all = await listVocabulary(actor, {});
  if (!all.ok) return all;
  const found = all.value.find((one) => one.name === name);
  return found ? ok(found.position) : fail("not-found", `There is no finding ${name}.`);
}
