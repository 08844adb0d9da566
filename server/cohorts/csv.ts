import { parse } from "csv-parse/sync";
import { delimiterOf } from "@/server/lib/csv-delimiter";
import { fail, messageOf, ok, type Result } from "@/server/lib/errors";

export type CohortRow = {
  readonly line: number;
  readonly dataset: string;
  readonly path: string;
  readonly class: string;
};
export type Unmatched = { readonly line: number; readonly path: string; readonly reason: string };
export type CohortTable = { readonly rows: readonly CohortRow[]; readonly rejected: readonly Unmatched[] };

/**
 * Reads a cohort's CSV: columns dataset, path and the class column, in any order; further columns are ignored.
 * Comma, semicolon or tab; quotes and a byte-order mark are understood. A row that cannot be used (a value
 * missing, the same image a second time) is rejected with its line and reason, and the rest is kept.
 * Errors: invalid (empty, no such columns, quotes that do not close).
 */
export function parseCohortCsv(text: string, classColumn: string): Result<CohortTable> {
  const records = recordsOf(text);
  if (!records.ok) return records;
  const [header, ...body] = records.value;
  if (!header) return fail("invalid", "The file is empty.");
  const names = header.record.map((name) => name.trim().toLowerCase());
  const columns = ["dataset", "path", classColumn].map((name) => names.indexOf(name.trim().toLowerCase()));
  if (columns.includes(-1)) {
    const has = header.record.map((name) => name.trim()).join(", ");
    return fail("invalid", `The header needs the columns dataset, path and ${classColumn}. It has: ${has}.`);
  }
  if (body.length === 0) return fail("invalid", "The file has a header and no rows.");
  return ok(usable(body, columns, header.record.length));
}

type Parsed = { readonly record: readonly string[]; readonly line: number };

function usable(body: readonly Parsed[], columns: readonly number[], width: number): CohortTable {
  const rows: CohortRow[] = [];
  const rejected: Unmatched[] = [];
  const seen = new Map<string, number>();
  for (const { record, line } of body) {
    const [dataset = "", path = "", name = ""] = columns.map((column) => (record[column] ?? "").trim());
    const key = JSON.stringify([dataset, path]);
    const reason =
      record.length !== width
        ? `This row has ${record.length} columns, the header ${width}.`
        : problemOf(dataset, path, name, seen.get(key));
    if (reason === null) {
      seen.set(key, line);
      rows.push({ line, dataset, path, class: name });
    } else {
      rejected.push({ line, path, reason });
    }
  }
  return { rows, rejected };
}

function problemOf(dataset: string, path: string, name: string, before: number | undefined): string | null {
  if (dataset === "") return "No dataset.";
  if (path === "") return "No path.";
  if (name === "") return "No class.";
  if (name.length > 80) return "A class name has at most 80 characters.";
  return before === undefined ? null : `The same image as in line ${before}.`;
}

function recordsOf(text: string): Result<Parsed[]> {
  const records: Parsed[] = [];
  try {
    parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (record: string[], { lines }) => {
        records.push({ record, line: lines });
        return null;
      },
    });
    return ok(records);
  } catch (error) {
    return fail("invalid", `The file cannot be read as CSV: ${messageOf(error)}`);
  }
}
