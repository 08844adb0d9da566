import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { Command } from "commander";
import { exportAudit } from "@/server/audit/export";
import { verifyTrail } from "@/server/audit/verify";
import { may } from "@/server/auth/actor";
import { type CliContext, verb } from "@/server/cli/context";
import { fail, ok } from "@/server/lib/errors";

/** `audit verify | export`. */
export function registerAudit(program: Command): void {
  const audit = program.command("audit").description("the append-only trail of who did what");

  audit
    .command("verify")
    .description("check every row of the chain; the first broken one is named")
    .addHelpText("after", "\nExample: overread audit verify --json")
    .action(verb(verify, ({ rows, head }) => `${rows} rows hold. Head: ${head}`));

  audit
    .command("export")
    .description("write the trail as CSV, to standard output or a file")
    .option("--out <file>", "the file to write")
    .addHelpText("after", "\nExample: overread audit export --out trail.csv")
    .action(verb(exportTrail, (document) => document.last ?? `${document.rows} rows in ${document.file}`));
}

async function verify({ actor, say, json }: CliContext) {
  if (!may(actor, "audit.view")) return fail("forbidden", "Your role does not allow this.");
  const found = await verifyTrail((done, total) => {
    if (!json && process.stderr.isTTY) say(`${done} of ${total}`);
  });
  if (found.ok) return ok(found);
  const { rows, broken } = found;
  return fail("conflict", `The trail is broken at row ${broken.id}: ${broken.reason}.`, {
    rows,
    ok: false,
    broken,
  });
}

async function exportTrail({ actor, json }: CliContext, options: { readonly out?: string }) {
  if (json && options.out === undefined) return fail("invalid", "With --json name a file: --out trail.csv");
  const exported = await exportAudit(actor, {});
  if (!exported.ok) return exported;
  const { lines } = exported.value;
  return options.out === undefined ? toStandardOutput(lines) : toFile(lines, options.out);
}

async function toFile(lines: AsyncIterable<string>, path: string) {
  const file = createWriteStream(path, { flags: "wx" });
  let rows = -1;
  for await (const text of lines) {
    rows += text.split("\n").length - 1;
    if (!file.write(text)) await once(file, "drain");
  }
  file.end();
  await finished(file);
  return ok({ rows, file: path, last: undefined as string | undefined });
}

/** All but the last step is written here; the last is the verb's own output. */
async function toStandardOutput(lines: AsyncIterable<string>) {
  let rows = -1;
  let last = "";
  for await (const text of lines) {
    rows += text.split("\n").length - 1;
    if (last !== "" && !process.stdout.write(last)) await once(process.stdout, "drain");
    last = text;
  }
  return ok({ rows, file: "", last: last as string | undefined });
}
