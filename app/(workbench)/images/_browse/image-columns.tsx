import { StateDot } from "@/app/_components/state-dot";
import type { ImageRow } from "@/server/images/browse/schema";
import { stateAt } from "@/server/labels/states";
import { readWords } from "./active-filters";
import type { ImageColumn } from "./image-table";
import type { ShownFinding } from "./types";

/** Columns of the images table: facts, then a narrow column per finding. */
export function imageColumns(findings: readonly ShownFinding[]): ImageColumn[] {
  const fact = (id: string, header: string, value: (image: ImageRow) => string | number): ImageColumn => ({
    id,
    header,
    cell: ({ row }) => (row.original.image ? value(row.original.image) : <Pending />),
  });
  return [
    {
      id: "patient",
      header: "Patient",
      // The row takes a press of the mouse; the keyboard needs a button.
      cell: ({ row: { original } }) =>
        original.image ? (
          <button type="button" className="max-w-full cursor-pointer truncate align-middle hover:text-accent">
            {original.image.patient}
          </button>
        ) : (
          <Pending />
        ),
    },
    fact("study", "Study", ({ study }) => study),
    fact("dataset", "Dataset", ({ dataset }) => dataset),
    fact("view", "View", ({ view }) => view),
    fact("sex", "Sex", ({ sex }) => (sex === "unknown" ? "–" : sex)),
    fact("age", "Age (years)", ({ age }) => age ?? "–"),
    fact("read", "Reading", ({ readState }) => readWords[readState]),
    fact("film", "Film (px)", ({ film }) => (film ? `${film.width} × ${film.height}` : "–")),
    ...findings.map(
      ({ name, shortName, position }): ImageColumn => ({
        id: `finding ${position}`,
        header: () => (
          <span className="truncate" title={name}>
            {shortName}
          </span>
        ),
        cell: ({ row }) => {
          const labels = row.original.image?.labels ?? null;
          return labels === null ? null : <StateDot state={stateAt(labels, position)} />;
        },
      }),
    ),
    fact("path", "Path", ({ path }) => path),
  ];
}

type Width = { readonly width: number; readonly number?: boolean };
/** Pixels; what the window has more is shared out by these. */
const widths: Readonly<Record<string, Width>> = {
  patient: { width: 136 },
  study: { width: 104 },
  dataset: { width: 132 },
  view: { width: 96 },
  sex: { width: 52 },
  age: { width: 96, number: true },
  read: { width: 92 },
  film: { width: 104, number: true },
  path: { width: 320 },
};

export function widthOf(column: string): Width {
  return widths[column] ?? { width: 96 };
}

export function alignOf(column: string): string {
  return widthOf(column).number ? "text-right tabular-nums" : "text-left";
}

export function narrowest(columns: readonly ImageColumn[]): number {
  return columns.reduce((sum, { id }) => sum + widthOf(id ?? "").width, 0);
}

function Pending() {
  return <span aria-hidden className="inline-block h-2 w-2/3 rounded bg-raise align-middle" />;
}
