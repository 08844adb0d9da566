import type { LabelState } from "@/server/labels/states";
import { type DatasetFormat, type FilmRow, type ParsedRow, parseAge, rejected } from "./format";

/** CheXpert's fourteen findings in the order of its table's columns. */
export const chexpertFindings = [
  "No Finding",
  "Enlarged Cardiomediastinum",
  "Cardiomegaly",
  "Lung Opacity",
  "Lung Lesion",
  "Edema",
  "Consolidation",
  "Pneumonia",
  "Atelectasis",
  "Pneumothorax",
  "Pleural Effusion",
  "Pleural Other",
  "Fracture",
  "Support Devices",
] as const;

export const chexpertColumns = [
  "Path",
  "Sex",
  "Age",
  "Frontal/Lateral",
  "AP/PA",
  ...chexpertFindings,
] as const;

// Irvin et al. 2019, "CheXpert", section 2: 1 positive, 0 negative, -1 uncertain, blank not mentioned.
const states: Readonly<Record<string, LabelState>> = {
  "1.0": "positive",
  "1": "positive",
  "0.0": "negative",
  "0": "negative",
  "-1.0": "uncertain",
  "-1": "uncertain",
};
const known = new Set<string>(chexpertColumns);
const sexes: Readonly<Record<string, FilmRow["sex"]>> = {
  Female: "F",
  Male: "M",
  Unknown: "unknown",
  "": "unknown",
};

export const chexpert: DatasetFormat = {
  name: "chexpert",
  title: "CheXpert",
  defaultDataset: "chexpert",
  table: "train.csv",
  requiredColumns: chexpertColumns,
  parse(cells, line) {
    const path = cells.get("Path")?.trim() ?? "";
    if (path === "") return rejected("no path");
    const place = /(?:^|\/)(?:(patient[^/]*)\/)?(study[^/]*)\/([^/]+)$/.exec(path);
    if (!place) return rejected(`path "${path}" does not read …/patient…/study…/view`);
    const labels = new Map<string, LabelState>();
    for (const finding of chexpertFindings) {
      const cell = cells.get(finding)?.trim() ?? "";
      if (cell === "") continue;
      const state = states[cell];
      if (!state) return rejected(`"${cell}" in ${finding} is none of 1.0, 0.0, -1.0 and blank`);
      labels.set(finding, state);
    }
    const age = parseAge(cells.get("Age")?.trim() ?? "");
    if (age === undefined) return rejected(`"${cells.get("Age")}" is no age`);
    const sex = sexes[cells.get("Sex")?.trim() ?? ""];
    if (!sex) return rejected(`"${cells.get("Sex")}" is no sex that CheXpert writes`);
    return accept(cells, { path, patient: place[1] ?? "", study: place[2] ?? "", age, sex, labels }, line);
  },
};

type Read = Pick<FilmRow, "path" | "patient" | "study" | "age" | "sex" | "labels">;

function accept(cells: ReadonlyMap<string, string>, read: Read, line: number): ParsedRow {
  // A table written by another tool may lack patient folders: each such row stands alone.
  const placeholder = read.patient === "" || read.patient === "patient";
  const row: FilmRow = {
    ...read,
    files: filesOf(read.path),
    patient: placeholder ? `no patient id, line ${line}` : read.patient,
    placeholder,
    sequence: Number(/\d+/.exec(read.study)?.[0] ?? 0),
    dayOffset: null,
    view: viewOf(cells.get("Frontal/Lateral")?.trim() ?? "", cells.get("AP/PA")?.trim() ?? ""),
    extra: rest(cells),
  };
  return { ok: true, row };
}

/** The path counts from the dataset's parent folder; people also unpack it one level higher or lower. */
function filesOf(path: string): string[] {
  const steps = path.split("/");
  return steps.slice(0, 3).map((_, dropped) => steps.slice(dropped).join("/"));
}

function viewOf(side: string, projection: string): string {
  if (projection !== "") return projection;
  return side === "" ? "unknown" : side.toLowerCase();
}

function rest(cells: ReadonlyMap<string, string>): Record<string, string> | null {
  const others = [...cells].filter(([column, cell]) => !known.has(column) && cell !== "");
  return others.length === 0 ? null : Object.fromEntries(others);
}
