import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { pipeline, type Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { ExpectedFailure } from "@/server/lib/errors";
import { guardedGunzip } from "../archive/gunzip";

type TableRow = {
  /** Line of the file on which the row begins; the header is line 1. */
  readonly line: number;
  readonly cells: readonly string[];
};

export type Table = { readonly columns: readonly string[]; readonly rows: AsyncIterable<TableRow> };

/** A row this long is no row: a quotation mark was opened and never closed. */
const longestRow = 1e6;

/**
 * Opens a CSV, gzipped or not, and streams its rows. A byte-order mark, quotes and line breaks inside fields and
 * stray quotation marks are understood; bytes that are not UTF-8 become U+FFFD and NUL is dropped, rather than
 * costing the row.
 * @throws ExpectedFailure("invalid") for an empty table, columns of one name, or, while reading, a broken file
 */
export async function readTable(file: string): Promise<Table> {
  const records = recordsOf(file);
  const header = await records.next();
  if (header.done) throw new ExpectedFailure("invalid", "The table is empty.");
  const columns = header.value.cells.map((name) => name.trim());
  const twice = columns.find((name, index) => name !== "" && columns.indexOf(name) !== index);
  if (twice !== undefined) throw new ExpectedFailure("invalid", `The table has two columns “${twice}”.`);
  return { columns, rows: records };
}

async function* recordsOf(file: string): AsyncGenerator<TableRow> {
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    record_delimiter: ["\r\n", "\n", "\r"],
    max_record_size: longestRow,
  });
  const source = await bytesOf(file);
  const failed = (error: Error) => parser.destroy(error);
  source.once("error", failed).pipe(parser);
  let lastLine = 0;
  let counted = 0;
  let countedTwice = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      const breaks = lineBreaksIn(record, info.lines - counted);
      counted = info.lines;
      countedTwice += breaks.twice;
      lastLine = info.lines - countedTwice;
      const begins = lastLine - breaks.lines;
      yield { line: begins, cells: withoutNul(record) };
    }
  } catch (error) {
    throw explained(error, lastLine);
  } finally {
    source.destroy();
  }
}

/** The file's bytes, unpacked where its first two say gzip (RFC 1952); a broken stream fails the last one. */
async function bytesOf(file: string): Promise<Readable> {
  const handle = await open(file);
  const packed = await isGzip(handle).finally(() => handle.close());
  const bytes = createReadStream(file, { highWaterMark: 1 << 18 });
  if (!packed) return bytes;
  const [counted, gunzip, limited] = guardedGunzip();
  // The error reaches the last stream, which is the one that is read.
  return pipeline(bytes, counted, gunzip, limited, () => {});
}

async function isGzip(handle: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
}

/**
 * Line breaks inside a record's fields, and how many of them are of two characters: the parser counts those twice.
 * @param advanced lines that it counted since the last record, which says whether there can be any
 */
function lineBreaksIn(record: readonly string[], advanced: number): { lines: number; twice: number } {
  if (advanced <= 1) return { lines: 0, twice: 0 };
  const breaks = record.flatMap((cell) => cell.match(/\r\n|\n|\r/g) ?? []);
  return { lines: breaks.length, twice: breaks.filter((text) => text.length === 2).length };
}

/** PostgreSQL's text cannot hold it, and no table means it. */
function withoutNul(record: readonly string[]): readonly string[] {
  return record.some((cell) => cell.includes("\0"))
    ? record.map((cell) => cell.replaceAll("\0", ""))
    : record;
}

function explained(error: unknown, lastLine: number): unknown {
  const invalid = (reason: string) => new ExpectedFailure("invalid", reason, undefined, { cause: error });
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (error instanceof CsvError && /QUOTE_NOT_CLOSED|MAX_RECORD_SIZE/.test(code)) {
    return invalid(`The table breaks off after line ${lastLine}: a quotation mark is never closed.`);
  }
  if (error instanceof CsvError) return invalid(`The table can't be read after line ${lastLine}.`);
  if (code.startsWith("Z_")) return invalid("The compressed table is damaged.");
  return error;
}
