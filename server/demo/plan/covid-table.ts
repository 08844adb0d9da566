import { stringify } from "csv-stringify/sync";
import { deriveSeed, type Random, seededRandom } from "@/server/ml/random";
import type { CovidFilm } from "./covid-plan";

/** The header as the dataset has it, its empty last name included. */
const covidColumns = [
  "patientid",
  "offset",
  "sex",
  "age",
  "finding",
  "survival",
  "intubated",
  "intubation_present",
  "went_icu",
  "in_icu",
  "needed_supplemental_O2",
  "extubated",
  "temperature",
  "pO2_saturation",
  "leukocyte_count",
  "neutrophil_count",
  "lymphocyte_count",
  "view",
  "modality",
  "date",
  "location",
  "folder",
  "filename",
  "doi",
  "url",
  "license",
  "clinical_notes",
  "other_notes",
  "",
] as const;

type Cells = Partial<Record<(typeof covidColumns)[number], string | number>>;

/** `metadata.csv` as covid-chestxray-dataset writes it, every patient invented. */
export function covidTable(films: readonly CovidFilm[], seed: number): string {
  const random = seededRandom(deriveSeed(seed, 13));
  const rows = films.map((film) => {
    const cells = cellsOf(film, random);
    return covidColumns.map((column) => cells[column] ?? "");
  });
  return stringify([[...covidColumns], ...rows]);
}

function cellsOf(film: CovidFilm, random: Random): Cells {
  const some = (value: string) => (random.uniform() < 0.4 ? value : "");
  const yesNo = () => some(random.int(2) === 0 ? "Y" : "N");
  return {
    patientid: film.patient,
    offset: film.offset ?? "",
    sex: film.sex,
    age: film.age ?? "",
    finding: film.finding,
    survival: some(random.uniform() < 0.85 ? "Y" : "N"),
    intubated: yesNo(),
    went_icu: yesNo(),
    needed_supplemental_O2: yesNo(),
    temperature: some((36.4 + random.uniform() * 3).toFixed(1)),
    pO2_saturation: some(String(84 + random.int(15))),
    leukocyte_count: some((3 + random.uniform() * 8).toFixed(1)),
    lymphocyte_count: some((0.4 + random.uniform() * 2).toFixed(2)),
    view: film.view === "Lateral" ? "L" : film.view,
    modality: "X-ray",
    date: random.uniform() < 0.5 ? "2020" : `March ${1 + random.int(31)}, 2020`,
    location: "Phantom Hospital, Drawn City, Nowhere",
    folder: "images",
    filename: film.filename,
    license: "Apache 2.0",
    clinical_notes: notes(film, random),
    other_notes: film.copyOf === undefined ? "" : "Credit to a second archive",
  };
}

function notes({ finding, offset }: CovidFilm, random: Random): string {
  const day = offset === null ? "On an unknown day" : `On day ${offset}`;
  return (
    [
      `Drawn phantom, no real patient. ${day}: cough, fever, and "${finding}" in the referral.`,
      `Drawn phantom, no real patient.\nSecond film of the admission, tubes and lines as before, no new complaint.`,
      "",
    ][random.int(3)] ?? ""
  );
}
