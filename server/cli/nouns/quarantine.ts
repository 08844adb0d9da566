import type { Command } from "commander";
import { clearFilms } from "@/server/datasets/quarantine/clear";
import { listQuarantine } from "@/server/datasets/quarantine/queries";
import { rejectFilms } from "@/server/datasets/quarantine/reject";
import { ExpectedFailure } from "@/server/lib/errors";
import { verb } from "../context";

/** `quarantine list | clear | reject`: films that may carry burned-in text. */
export function registerQuarantine(program: Command): void {
  const quarantine = program
    .command("quarantine")
    .description("DICOM films that may carry burned-in text, until somebody has looked at them");

  quarantine
    .command("list")
    .description("films that wait, with the reason; the longest waiting first")
    .option("--after <id>", "the page behind this film", "0")
    .addHelpText("after", "\nExample: overread quarantine list --json")
    .action(
      verb(
        ({ actor }, { after }: { after: string }) => listQuarantine(actor, { after }),
        ({ total, films }) =>
          [
            `${total} wait`,
            ...films.map((film) => `${film.id}\t${film.dataset}\t${film.path}\t${film.reason}`),
          ].join("\n"),
      ),
    );

  quarantine
    .command("clear <id...>")
    .description("take films into their datasets: somebody looked, and no text in them names anybody")
    .addHelpText("after", "\nExample: overread quarantine clear 3 4")
    .action(verb(({ actor }, ids: string[]) => clearFilms(actor, { ids: ids.map(numberOf) })));

  quarantine
    .command("reject <id...>")
    .description("refuse films for good and delete their files")
    .addHelpText("after", "\nExample: overread quarantine reject 5")
    .action(verb(({ actor }, ids: string[]) => rejectFilms(actor, { ids: ids.map(numberOf) })));
}

function numberOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new ExpectedFailure("invalid", `“${text}” is not the number of a film in quarantine.`);
}
