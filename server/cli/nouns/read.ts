import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { fail, messageOf } from "@/server/lib/errors";
import { importReads } from "@/server/reading/read-import";
import { verb } from "../context";

export function registerRead(program: Command): void {
  const read = program.command("read").description("what readers said of studies");
  read
    .command("import")
    .description("take reads that were made elsewhere into a worklist; the same table again changes nothing")
    .argument("<csv>")
    .requiredOption("--worklist <name>", "whose studies they are reads of")
    .addHelpText("after", help)
    .action(
      verb(async ({ actor }, file: string, { worklist }: { worklist: string }) => {
        let csv: string;
        try {
          csv = await readFile(file, "utf8");
        } catch (error) {
          return fail("not-found", `${file} cannot be read: ${messageOf(error)}`);
        }
        return importReads(actor, { worklist, csv });
      }),
    );
}

const help = `
The table has a column study, a column reader and one for each finding, as it is called here. A study is named as
its dataset does it (a path of a film, its folder, patient00001/study1, or study1 beside a column patient), a reader
by e-mail. States are positive, negative, uncertain, unmentioned, or 1, 0, -1 and blank. Columns comment and seconds
are understood. Rows that can't be taken are listed with their line and reason; the rest goes in.

Example:
  overread read import reads.csv --worklist doubtful --json`;
