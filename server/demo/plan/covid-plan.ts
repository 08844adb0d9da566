import { deriveSeed, type Random, seededRandom } from "@/server/ml/random";
import type { Severities, View } from "../finding";
import type { ChexpertFilm } from "./chexpert-plan";
import { type CovidPatient, covidPatients, drawnFor } from "./covid-patients";
import type { LabelError, PlannedFilm } from "./film";

export type CovidFilm = PlannedFilm & {
  /** Days since the onset; null where the source does not say. */
  readonly offset: number | null;
  readonly sex: "M" | "F" | "";
  readonly age: number | null;
  readonly finding: string;
  readonly view: View;
  readonly filename: string;
};

export type CovidPlan = { readonly films: readonly CovidFilm[]; readonly errors: readonly LabelError[] };

export const covidFolder = "covid-chestxray-dataset";

/**
 * Plans so many films, the last two of them repeats: one of a covid film under another patient, one of a film
 * that the other source has too.
 */
export function planCovid(images: number, seed: number, chexpert: readonly ChexpertFilm[]): CovidPlan {
  const random = seededRandom(deriveSeed(seed, 12));
  const films = covidPatients(images - 2, random).flatMap((patient, index) =>
    patientFilms(index + 2, patient, seed, random),
  );
  const errors = mislabel(films, random);
  const wrong = new Map(errors.map((error) => [error.path, error.drawn]));
  const drawn = films.map((film) =>
    wrong.has(film.path) ? redrawn(film, wrong.get(film.path) === true) : film,
  );
  return { films: [...drawn, ...repeats(drawn, chexpert, random)], errors };
}

function patientFilms(number: number, patient: CovidPatient, seed: number, random: Random): CovidFilm[] {
  const sex = random.uniform() < 0.58 ? "M" : "F";
  const age = random.uniform() < 0.1 ? null : 24 + random.int(62);
  const unsaid = random.uniform() < 0.15;
  const patientSeed = deriveSeed(seed, 500_000 + number);
  const supine = random.uniform() < 0.5;
  let day = random.int(6);
  const count = patient.films + (patient.lateral ? 1 : 0);
  return Array.from({ length: count }, (_, index): CovidFilm => {
    const lateral = index >= patient.films;
    if (index > 0 && !lateral) day += 1 + random.int(5);
    const view = lateral
      ? "Lateral"
      : index === 0 && random.uniform() < 0.5
        ? "PA"
        : supine
          ? "AP Supine"
          : "AP";
    const findings = drawnFor(patient.finding, index / Math.max(2, patient.films), random);
    return {
      ...filmPlace(number, index, random),
      patient: String(number),
      study: String(day),
      frontal: !lateral,
      group: patient.finding.startsWith("COVID-19") ? "covid" : "non-covid",
      offset: unsaid ? null : day,
      sex: random.uniform() < 0.05 ? "" : sex,
      age,
      finding: patient.finding,
      view,
      spec: {
        patientSeed,
        filmSeed: deriveSeed(patientSeed, index),
        sex,
        view,
        findings,
        ...filmForm(random),
      },
    };
  });
}

const endings = ["jpg", "jpeg", "jpg", "png"] as const;

function filmPlace(number: number, index: number, random: Random) {
  const letter = String.fromCharCode(97 + index);
  const filename = `phantom-${String(number).padStart(3, "0")}-${letter}.${endings[random.int(4)] ?? "jpg"}`;
  return placeOf(filename);
}

function placeOf(filename: string) {
  const path = `images/${filename}`;
  return { source: covidFolder, path, file: `${covidFolder}/${path}`, filename } as const;
}

/** Films out of journals: sizes, borders and contrast of their own, the shortcut that a network may take. */
function filmForm(random: Random) {
  const share = random.uniform();
  return {
    width: 640 + Math.round(260 * share),
    height: 540 + Math.round(220 * Math.min(1, Math.max(0, share + (random.uniform() - 0.5) * 0.2))),
    format: "jpeg",
    look: {
      contrast: 1.14 + 0.26 * random.uniform(),
      brightness: (random.uniform() - 0.5) * 0.12,
      grain: 2 + 2 * random.uniform(),
      collimation: random.uniform() < 0.55 ? 0.012 + 0.03 * random.uniform() : 0,
    },
  } as const;
}

/** A clear film called COVID-19, and COVID-19 on a film called "No Finding". */
function mislabel(films: readonly CovidFilm[], random: Random): LabelError[] {
  const shuffled = random.shuffle(films.filter((film) => film.frontal));
  const each = Math.max(1, Math.round(films.length / 100));
  const error = (film: CovidFilm, labelled: LabelError["labelled"], drawn: boolean): LabelError => {
    const { source, path, patient } = film;
    return { source, path, patient, finding: "COVID-19", labelled, drawn };
  };
  return [
    ...shuffled
      .filter(({ finding }) => finding === "COVID-19")
      .slice(0, each)
      .map((film) => error(film, "positive", false)),
    ...shuffled
      .filter(({ finding }) => finding === "No Finding")
      .slice(0, each)
      .map((film) => error(film, "negative", true)),
  ];
}

function redrawn(film: CovidFilm, ill: boolean): CovidFilm {
  const findings: Severities = ill ? { "COVID-19": 0.95 } : {};
  return { ...film, spec: { ...film.spec, findings } };
}

function repeats(
  films: readonly CovidFilm[],
  chexpert: readonly ChexpertFilm[],
  random: Random,
): CovidFilm[] {
  const next = Math.max(...films.map((film) => Number(film.patient))) + 11;
  const own = films.filter(
    (film) => film.frontal && film.finding === "COVID-19" && !film.filename.endsWith("png"),
  );
  const twin = own[random.int(Math.max(1, own.length))];
  const healthy = chexpert.filter(
    (film) => film.frontal && !film.copyOf && Object.keys(film.spec.findings ?? {}).length === 0,
  );
  const foreign = (healthy.length > 0 ? healthy : chexpert)[random.int(Math.max(1, healthy.length))];
  if (!twin || !foreign) return [];
  const shared = { offset: null, study: "0", age: null, sex: "" } as const;
  return [
    { ...twin, ...shared, ...placeOf("case_phantom_1-3.png"), patient: String(next), copyOf: twin.path },
    {
      ...foreign,
      ...shared,
      ...placeOf("case_phantom_2-1.png"),
      patient: String(next + 4),
      finding: "No Finding",
      copyOf: foreign.path,
    },
  ];
}
