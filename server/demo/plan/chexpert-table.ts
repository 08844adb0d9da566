import { stringify } from "csv-stringify/sync";
import { chexpertFindings } from "../finding";
import type { ChexpertFilm } from "./chexpert-plan";
import { cellOf, noFindingCell } from "./states";

const chexpertColumns = ["Path", "Sex", "Age", "Frontal/Lateral", "AP/PA", "No Finding", ...chexpertFindings];

/** `train.csv` as CheXpert writes it. */
export function chexpertTable(films: readonly ChexpertFilm[]): string {
  const rows = films.map((film) => [
    film.path,
    film.sex,
    film.age,
    film.frontal ? "Frontal" : "Lateral",
    film.frontal ? film.view : "",
    noFindingCell(film.findings),
    ...chexpertFindings.map((finding) => cellOf(film.findings.states[finding])),
  ]);
  return stringify([chexpertColumns, ...rows]);
}
