import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { CsvError, parse } from "csv-parse";
import { ExpectedFailure } from "@/server/lib/errors";

export type TableRow = {
  /** Line of the file on which the row begins; the header is line 1. */
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
};

/**
 * Streams a CSV (or CSV.gz) row by row: byte-order mark, quotes and line breaks inside fields are understood,
 * bytes that are not UTF-8 become U+FFFD rather than costing the row.
 * @throws ExpectedFailure("invalid") for a header without the required columns, no rows, or broken quoting
 */
export async function* readTable(file: string, requiredColumns: readonly string[]): AsyncGenerator<TableRow> {
  const parser = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true });
  const bytes = createReadStream(file, { highWaterMark: 1 << 20 });
  // The parser reports what went wrong before it; pipeline's own callback has nothing to add.
  if (file.endsWith(".gz")) pipeline(bytes, createGunzip(), parser, () => {});
  else pipeline(bytes, parser, () => {});
  let columns: readonly string[] | undefined;
  let lastLine = 0;
  let rows = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      const line = lastLine + 1;
      lastLine = info.lines;
      if (!columns) {
        columns = header(record, requiredColumns);
        continue;
      }
      rows += 1;
      const names = columns;
      yield {
        line,
        cells: new Map(record.map((cell, index) => [names[index] ?? `column ${index + 1}`, cell])),
      };
    }
  } catch (error) {
    throw broken(error);
  }
  if (!columns) throw new ExpectedFailure("invalid", "The table is empty.");
  if (rows === 0) throw new ExpectedFailure("invalid", "The table has a header and no rows.");
}

function header(record: readonly string[], required: readonly string[]): readonly string[] {
  const columns = record.map((name) => name.trim());
  const missing = required.filter((name) => !columns.includes(name));
  if (missing.length > 0) {
    const names = missing.slice(0, 4).join(", ");
    throw new ExpectedFailure(
      "invalid",
      `The table's header lacks ${names}${missing.length > 4 ? ", …" : ""}.`,
    );
  }
  return columns;
}

function broken(error: unknown): unknown {
  if (error instanceof CsvError) {
    return new ExpectedFailure("invalid", `The table can't be read: ${error.message}`, undefined, {
      cause: error,
    });
  }
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "ENOENT")
    return new ExpectedFailure("not-found", "There is no such table.", undefined, { cause: error });
  if (code.startsWith("Z_")) {
    return new ExpectedFailure("invalid", "The compressed table is damaged.", undefined, { cause: error });
  }
  return error;
}
