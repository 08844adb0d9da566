import { posix } from "node:path";
import {
  extraReader,
  type FilmRow,
  parseAge,
  patientId,
  type RowReader,
  rejected,
  type TableFormat,
} from "./format";

const required = ["patientid", "offset", "sex", "age", "finding", "view", "folder", "filename"] as const;
/** Columns that are kept whole elsewhere; `finding` and `view` also stay as written, among the others. */
const placed = new Set<string>(["patientid", "offset", "sex", "age", "folder", "filename"]);
const shortViews: Readonly<Record<string, string>> = { L: "lateral", "": "unknown" };

/** ieee8023/covid-chestxray-dataset: metadata.csv as its SCHEMA.md describes it. */
export const covidChestxray: TableFormat = {
  kind: "table",
  name: "covid-chestxray",
  title: "covid-chestxray-dataset",
  defaultDataset: "covid-chestxray-dataset",
  table: "metadata.csv",
  requiredColumns: required,
  rowReader,
  filesOf: (path) => [path],
  // Of the lungVAE network (Selvan et al., arXiv:2005.10052), as the dataset keeps them.
  lungMaskOf: (path) => `annotations/lungVAE-masks/${posix.parse(path).name}_mask.png`,
};

function rowReader(columns: readonly string[], positions: ReadonlyMap<string, number>): RowReader {
  const indexOf = new Map(columns.map((name, index) => [name, index]));
  const extraOf = extraReader(columns, placed);
  return (cells) => {
    const cell = (column: string) => cells[indexOf.get(column) ?? -1]?.trim() ?? "";
    const filename = cell("filename");
    if (filename === "") return rejected(null, "no file name");
    const path = `${cell("folder") || "images"}/${filename}`;
    const age = parseAge(cell("age"));
    if (age === undefined) return rejected(path, `age is “${cell("age")}”: years from 0 to 130 expected`);
    const sex = sexOf(cell("sex"));
    if (!sex) return rejected(path, `sex is “${cell("sex")}”: F, M or blank expected`);
    const offset = cell("offset");
    const day = offset === "" ? null : Math.round(Number(offset));
    if (Number.isNaN(day)) return rejected(path, `offset is “${offset}”: a number of days expected`);
    const row: FilmRow = {
      path,
      patient: patientId(cell("patientid")),
      // The films of one patient and day hang together; without a day the date tells them apart.
      study: day === null ? cell("date") || "day unknown" : `day ${day}`,
      sequence: day ?? 0,
      dayOffset: day,
      view: shortViews[cell("view")] ?? cell("view"),
      sex,
      age,
      labels: packed(positiveFindings(cell("finding")), positions),
      extra: extraOf(cells),
    };
    return { ok: true, row };
  };
}

function sexOf(cell: string): FilmRow["sex"] | null {
  if (cell === "F" || cell === "M") return cell;
  return cell === "" ? "unknown" : null;
}

/**
 * What `finding`, the "type of pneumonia" (SCHEMA.md), says of a film. Its values name a pneumonia by cause
 * ("COVID-19", "Streptococcus", "Pneumocystis"), two of them with its course ("COVID-19, ARDS"); "No Finding" and
 * "ARDS" alone name none. Nothing is ever said to be absent, so no finding becomes negative.
 */
function positiveFindings(finding: string): readonly string[] {
  const causes = finding
    .split(/[,/]/)
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== "" && part !== "ards" && part !== "todo" && part !== "unknown");
  if (causes.length === 0) return [];
  if (causes.includes("no finding")) return ["No Finding"];
  return causes.includes("covid-19") ? ["Pneumonia", "COVID-19"] : ["Pneumonia"];
}

function packed(findings: readonly string[], positions: ReadonlyMap<string, number>): string {
  const characters = Array.from({ length: positions.size }, () => ".");
  for (const finding of findings) {
    const position = positions.get(finding);
    if (position !== undefined) characters[position] = "+";
  }
  return characters.join("");
}
