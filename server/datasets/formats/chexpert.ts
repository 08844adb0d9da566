import type { StateCharacter } from "@/server/labels/states";
import { factColumns, findingColumns } from "./chexpert-columns";
import {
  extraReader,
  type FilmRow,
  parseAge,
  patientId,
  type RowReader,
  rejected,
  type TableFormat,
} from "./format";

// Irvin et al. 2019, "CheXpert", section 2: 1 positive, 0 negative, -1 uncertain, blank not mentioned.
const states: Readonly<Record<string, StateCharacter>> = {
  "": ".",
  "1.0": "+",
  "1": "+",
  "0.0": "-",
  "0": "-",
  "-1.0": "?",
  "-1": "?",
};

const sexes: Readonly<Record<string, FilmRow["sex"]>> = {
  Female: "F",
  Male: "M",
  Unknown: "unknown",
  "": "unknown",
};

/** `train.csv` of CheXpert (Irvin et al. 2019), and tables that Overread exports in its layout. */
export const chexpert: TableFormat = {
  kind: "table",
  name: "chexpert",
  title: "CheXpert",
  defaultDataset: "chexpert",
  table: "train.csv",
  requiredColumns: [...factColumns, ...findingColumns],
  rowReader,
  /** Paths count from the folder's parent; people unpack one level higher or lower. */
  filesOf(path) {
    const steps = path.split("/");
    return [1, 0, 2].filter((dropped) => dropped < steps.length).map((n) => steps.slice(n).join("/"));
  },
};

function rowReader(columns: readonly string[], positions: ReadonlyMap<string, number>): RowReader {
  const at = (column: (typeof factColumns)[number]) => columns.indexOf(column);
  const [pathAt, sexAt, ageAt] = [at("Path"), at("Sex"), at("Age")];
  const [sideAt, projectionAt] = [at("Frontal/Lateral"), at("AP/PA")];
  // Any column named like a finding is one: tables in this layout may carry COVID-19 as well.
  const labelColumns = columns.flatMap((name, index) => {
    const position = positions.get(name);
    return position === undefined ? [] : [{ name, index, position }];
  });
  const placed = new Set<string>([...factColumns, ...labelColumns.map(({ name }) => name)]);
  const extraOf = extraReader(columns, placed);
  const unmentioned = Array.from({ length: positions.size }, () => ".");

  return (cells) => {
    const path = cells[pathAt]?.trim() ?? "";
    if (path === "") return rejected(null, "no path");
    const place = placeOf(path);
    if (!place) return rejected(path, "the path does not name patient, study and view");
    const packed = [...unmentioned];
    for (const { name, index, position } of labelColumns) {
      const cell = cells[index] ?? "";
      const state = states[cell] ?? states[cell.trim()];
      if (!state) return rejected(path, `${name} is “${cell}”: 1.0, 0.0, -1.0 or blank expected`);
      packed[position] = state;
    }
    const sex = sexes[cells[sexAt]?.trim() ?? ""];
    if (!sex) return rejected(path, `Sex is “${cells[sexAt]}”: Female, Male, Unknown or blank expected`);
    const ageCell = cells[ageAt]?.trim() ?? "";
    const age = parseAge(ageCell);
    if (age === undefined) return rejected(path, `Age is “${ageCell}”: years from 0 to 130 expected`);
    return {
      ok: true,
      row: {
        path,
        ...place,
        dayOffset: null,
        view: viewOf(cells[sideAt]?.trim() ?? "", cells[projectionAt]?.trim() ?? ""),
        sex,
        // Its patients are adults: the three zeros of the full table stand for an age that is not known.
        age: age === 0 ? null : age,
        labels: packed.join(""),
        extra: extraOf(cells, age === 0 ? { Age: ageCell } : undefined),
      },
    };
  };
}

/** `CheXpert-v1.0/train/patient00001/study1/view1_frontal.jpg` */
function placeOf(path: string): Pick<FilmRow, "patient" | "study" | "sequence"> | null {
  const [file, study, patient] = path.split("/").reverse();
  if (!file || !study?.startsWith("study") || !patient?.startsWith("patient")) return null;
  const named = patientId(patient.slice("patient".length)) !== null;
  return {
    patient: named ? patient : null,
    study,
    sequence: Number.parseInt(study.slice("study".length), 10) || 0,
  };
}

/** Frontal films name their projection (AP, PA, LL, RL); laterals have none. */
function viewOf(side: string, projection: string): string {
  if (side === "Lateral") return "lateral";
  return projection || (side === "Frontal" ? "frontal" : "unknown");
}
