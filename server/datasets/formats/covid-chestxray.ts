import type { LabelState } from "@/server/labels/states";
import { type DatasetFormat, type FilmRow, parseAge, rejected } from "./format";

/** Columns with a place of their own; all others are kept beside the image. */
const placed = new Set(["patientid", "offset", "sex", "age", "view", "filename", "folder"]);

/** ieee8023/covid-chestxray-dataset, metadata.csv as described in its SCHEMA.md. */
export const covidChestxray: DatasetFormat = {
  name: "covid-chestxray",
  title: "covid-chestxray-dataset",
  defaultDataset: "covid-chestxray-dataset",
  table: "metadata.csv",
  requiredColumns: ["patientid", "offset", "sex", "age", "finding", "view", "folder", "filename"],
  parse(cells, line) {
    const cell = (column: string) => cells.get(column)?.trim() ?? "";
    const filename = cell("filename");
    if (filename === "") return rejected("no file name");
    const path = `${cell("folder") || "images"}/${filename}`;
    const age = parseAge(cell("age"));
    if (age === undefined) return rejected(`"${cell("age")}" is no age`);
    const offset = cell("offset");
    const day = offset === "" ? null : Number(offset);
    if (day !== null && !Number.isFinite(day)) return rejected(`"${offset}" is no number of days`);
    const placeholder = cell("patientid") === "";
    const row: FilmRow = {
      path,
      files: [path],
      patient: placeholder ? `no patient id, line ${line}` : cell("patientid"),
      placeholder,
      // The films of one patient and day are read together.
      study: day === null ? "day unknown" : `day ${day}`,
      sequence: day === null ? 0 : Math.round(day),
      dayOffset: day === null ? null : Math.round(day),
      view: cell("view") || "unknown",
      sex: sexOf(cell("sex")),
      age,
      labels: labelsOf(cell("finding")),
      extra: rest(cells),
    };
    return { ok: true, row };
  },
};

function sexOf(cell: string): FilmRow["sex"] {
  return cell === "F" || cell === "M" ? cell : "unknown";
}

/**
 * `finding` is the "type of pneumonia" (SCHEMA.md): every value but "No Finding", and ARDS standing alone,
 * names one. The value itself stays beside the image.
 */
function labelsOf(finding: string): ReadonlyMap<string, LabelState> {
  if (finding === "") return new Map();
  if (finding.toLowerCase() === "no finding") return new Map([["No Finding", "positive"]]);
  if (finding.toUpperCase() === "ARDS") return new Map();
  const labels = new Map<string, LabelState>([["Pneumonia", "positive"]]);
  if (/\bcovid-?19\b/i.test(finding)) labels.set("COVID-19", "positive");
  return labels;
}

function rest(cells: ReadonlyMap<string, string>): Record<string, string> | null {
  const others = [...cells].filter(([column, text]) => column !== "" && !placed.has(column) && text !== "");
  return others.length === 0 ? null : Object.fromEntries(others);
}
