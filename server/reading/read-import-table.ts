import { parse } from "csv-parse/sync";
import { type LabelState, packLabels } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import { delimiterOf } from "@/server/lib/csv-delimiter";
import { fail, messageOf, ok, type Result } from "@/server/lib/errors";

export type Rejected = { readonly line: number; readonly reason: string };

/** A row of the table: who said what of which study, in the table's own words for both. */
export type TableRead = {
  readonly line: number;
  readonly dataset: string;
  readonly patient: string;
  readonly study: string;
  readonly reader: string;
  readonly labels: string;
  readonly comment: string;
  readonly activeMs: number;
};
export type ReadTable = { readonly rows: readonly TableRead[]; readonly rejected: readonly Rejected[] };

const facts = ["dataset", "patient", "study", "reader", "comment", "seconds"] as const;
type Fact = (typeof facts)[number];
const longestComment = 4000;
const longestSeconds = 86_400;

/** As pages, CheXpert's table and packed strings write them. */
const states: Readonly<Record<string, LabelState>> = {
  positive: "positive",
  "1": "positive",
  "1.0": "positive",
  "+": "positive",
  negative: "negative",
  "0": "negative",
  "0.0": "negative",
  "-": "negative",
  uncertain: "uncertain",
  "-1": "uncertain",
  "-1.0": "uncertain",
  "?": "uncertain",
  unmentioned: "unmentioned",
  "": "unmentioned",
  ".": "unmentioned",
};

/**
 * Reads a table of reads: columns study and reader, where needed dataset and patient, where wanted comment and
 * seconds; every other column is a finding. A row that cannot be used is rejected with its line and reason, and so
 * is a column (line 1) whose finding nobody knows; the rest is kept. A finding without a column is unmentioned.
 * Errors: invalid (empty, no study or reader or finding column, columns of one name, quotes that do not close).
 */
export function parseReads(text: string, findings: readonly Finding[]): Result<ReadTable> {
  const records = recordsOf(text);
  if (!records.ok) return records;
  const [header, ...body] = records.value;
  if (!header) return fail("invalid", "The file is empty.");
  const columns = columnsOf(header.record, findings);
  if (!columns.ok) return columns;
  const { unknown } = columns.value;
  const rejected: Rejected[] = unknown.map((name) => ({
    line: header.line,
    reason: `There is no finding “${name}”.`,
  }));
  const rows: TableRead[] = [];
  for (const { record, line } of body) {
    const row =
      record.length === header.record.length
        ? rowOf(record, line, columns.value, findings.length)
        : `This row has ${record.length} columns, the header ${header.record.length}.`;
    if (typeof row === "string") rejected.push({ line, reason: row });
    else rows.push(row);
  }
  return ok({ rows, rejected });
}

type Columns = {
  readonly factAt: ReadonlyMap<Fact, number>;
  readonly findingAt: readonly { readonly finding: Finding; readonly column: number }[];
  readonly unknown: readonly string[];
};

function columnsOf(header: readonly string[], findings: readonly Finding[]): Result<Columns> {
  const names = header.map((name) => name.trim().toLowerCase());
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) return fail("invalid", `The header has two columns “${twice}”.`);
  const factAt = new Map(
    facts.flatMap((fact) => (names.includes(fact) ? [[fact, names.indexOf(fact)]] : [])),
  );
  const missing = (["study", "reader"] as const).filter((fact) => !factAt.has(fact));
  if (missing.length > 0) {
    const has = header.map((name) => name.trim()).join(", ");
    return fail("invalid", `The header needs the column ${missing.join(" and ")}. It has: ${has}.`);
  }
  const findingAt: Columns["findingAt"][number][] = [];
  const unknown: string[] = [];
  for (const [column, name] of names.entries()) {
    if (facts.some((fact) => fact === name)) continue;
    const finding = findings.find((one) => one.name.toLowerCase() === name);
    if (finding) findingAt.push({ finding, column });
    else unknown.push(header[column]?.trim() ?? "");
  }
  if (findingAt.length === 0) return fail("invalid", "No column of the table is a finding's.");
  return ok({ factAt, findingAt, unknown });
}

/** The row, or why it can't be used. */
function rowOf(
  record: readonly string[],
  line: number,
  { factAt, findingAt }: Columns,
  findings: number,
): TableRead | string {
  const cell = (fact: Fact) => record[factAt.get(fact) ?? -1]?.trim() ?? "";
  const [study, reader, comment, seconds] = [cell("study"), cell("reader"), cell("comment"), cell("seconds")];
  if (study === "") return "No study.";
  if (reader === "") return "No reader.";
  if (comment.length > longestComment) return "A comment has at most 4,000 characters.";
  const active = seconds === "" ? 0 : Number(seconds);
  if (!(active >= 0 && active <= longestSeconds)) return `“${seconds}” is no number of seconds.`;
  const byPosition = new Map<number, LabelState>();
  for (const { finding, column } of findingAt) {
    const said = record[column]?.trim().toLowerCase() ?? "";
    const state = Object.hasOwn(states, said) ? states[said] : undefined;
    if (state === undefined) {
      return `${finding.name} is “${said}”: none of positive, negative, uncertain, unmentioned, 1, 0, -1 and blank.`;
    }
    byPosition.set(finding.position, state);
  }
  return {
    line,
    study,
    reader,
    comment,
    dataset: cell("dataset"),
    patient: cell("patient"),
    labels: packLabels(byPosition, findings),
    activeMs: Math.round(active * 1000),
  };
}

type Parsed = { readonly record: readonly string[]; readonly line: number };

function recordsOf(text: string): Result<Parsed[]> {
  const records: Parsed[] = [];
  try {
    parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (record: string[], { lines }) => {
        records.push({ record: record.map((cell) => cell.replaceAll("\0", "")), line: lines });
        return null;
      },
    });
    return ok(records);
  } catch (error) {
    return fail("invalid", `The file cannot be read as CSV: ${messageOf(error)}`);
  }
}
