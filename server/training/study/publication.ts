import { parse } from "csv-parse/sync";
import { z } from "zod";
import { fail, messageOf, ok, type Result } from "@/server/lib/errors";

/** A figure as it was printed: how many digits it has says how exact it is. */
const printed = z.string().regex(/^-?\d+(\.\d+)?$/, "is no number");
const whole = z.coerce.number().int().min(0);

const matrixRow = z.object({
  base: z.string(),
  part: z.enum(["validation", "test"]),
  TP: whole,
  FN: whole,
  FP: whole,
  TN: whole,
  "stated accuracy": printed,
  sensitivity: printed,
  specificity: printed,
  "covid F1": printed,
});

const bestRow = z.object({
  base: z.string(),
  epochs: whole,
  "val. loss": printed,
  "val. accuracy": printed,
  batch: whole,
  dropout: z.coerce.number(),
  "learning rate": z.coerce.number(),
  optimizer: z.string(),
});

const gridRow = z.object({
  epochs: whole,
  val_loss: printed,
  val_accuracy: printed,
  batch_size: whole,
  dropout: z.coerce.number(),
  learning_rate: z.coerce.number(),
  optimizer: z.string(),
});

/** What a publication reported: nothing here is ours. */
export type Publication = {
  readonly matrices: readonly z.output<typeof matrixRow>[];
  readonly best: readonly z.output<typeof bestRow>[];
  readonly grid: readonly z.output<typeof gridRow>[];
  /** Bases of which its text gives another base's table of best runs again. */
  readonly repeatedTables: readonly { readonly base: string; readonly of: string }[];
  /** Whether its text says that the lowest learning rate is never best. */
  readonly lowestRateNeverBest: boolean;
};

/**
 * Reads what the study reported from the tables of its Markdown file, found by their headers, two things that its
 * words say, and the CSV of its best grid runs. Errors: invalid (a table is missing, a cell is no number).
 */
export function parsePublication(markdown: string, gridCsv: string): Result<Publication> {
  const tables = tablesOf(markdown);
  try {
    return ok({
      matrices: z
        .array(matrixRow)
        .min(1)
        .parse(tableWith(tables, ["part", "TP", "FN", "FP", "TN"])),
      best: z
        .array(bestRow)
        .min(1)
        .parse(tableWith(tables, ["base", "epochs", "val. accuracy"])),
      grid: z
        .array(gridRow)
        .min(1)
        .parse(parse(gridCsv, { columns: true, bom: true, skip_empty_lines: true })),
      repeatedTables: [...markdown.matchAll(/table of the \d+ best (\S+) runs repeats the (\S+) table/g)].map(
        ([, base = "", of = ""]) => ({ base, of }),
      ),
      lowestRateNeverBest: /lowest learning rate is never best/i.test(markdown),
    });
  } catch (error) {
    const where = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    return fail("invalid", `What the study published cannot be read: ${where}`);
  }
}

type Table = readonly Readonly<Record<string, string>>[];

/** The pipe tables of a Markdown text. */
function tablesOf(markdown: string): Table[] {
  const blocks = markdown.split(/\r?\n/).reduce<string[][]>(
    (found, line) => {
      if (line.trim().startsWith("|")) found.at(-1)?.push(line);
      else if (found.at(-1)?.length) found.push([]);
      return found;
    },
    [[]],
  );
  return blocks.flatMap(([header, , ...body]) => {
    if (header === undefined) return [];
    const names = cellsOf(header);
    return [body.map((line) => Object.fromEntries(cellsOf(line).map((cell, at) => [names[at] ?? "", cell])))];
  });
}

function cellsOf(line: string): string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());
}

function tableWith(tables: readonly Table[], columns: readonly string[]): Table {
  return tables.find(([row]) => row !== undefined && columns.every((name) => name in row)) ?? [];
}
