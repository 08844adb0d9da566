import { deriveSeed, type Random, seededRandom } from "@/server/ml/random";
import type { View } from "../finding";
import { planLabelErrors } from "./chexpert-errors";
import type { LabelError, PlannedFilm } from "./film";
import { courseOf } from "./illness";
import { coverStates, type StudyFindings } from "./states";

export type ChexpertFilm = PlannedFilm & {
  readonly sex: "Male" | "Female";
  readonly age: number;
  readonly view: "AP" | "PA" | "Lateral";
  readonly findings: StudyFindings;
};

export type ChexpertPlan = {
  readonly films: readonly ChexpertFilm[];
  readonly errors: readonly LabelError[];
};

export const chexpertFolder = "CheXpert-v1.0-small";

/** Plans so many films: patients with one to five studies, studies with one to three views. */
export function planChexpert(images: number, seed: number): ChexpertPlan {
  const random = seededRandom(deriveSeed(seed, 11));
  const copies = Math.max(1, Math.round(images / 240));
  const films: ChexpertFilm[] = [];
  for (let number = 1 + random.int(3); films.length < images - copies; number += 1 + random.int(4))
    films.push(...patientFilms(number, seed, random));
  const kept = films.slice(0, images - copies);
  const studies = [...new Set(kept.map((film) => film.findings))];
  const errors = planLabelErrors(kept, random);
  const wrong = new Set(errors.map((error) => error.path));
  const wronged = new Set(kept.filter((film) => wrong.has(film.path)).map((film) => film.findings));
  coverStates(
    studies.filter((study) => !wronged.has(study)),
    random,
  );
  const drawn = kept.map((film) => ({ ...film, spec: { ...film.spec, findings: film.findings.severities } }));
  return { films: [...drawn, ...repeats(drawn, copies, random)], errors };
}

function patientFilms(number: number, seed: number, random: Random): ChexpertFilm[] {
  const sex = random.int(2) === 0 ? "Male" : "Female";
  const age = 18 + random.int(73);
  const chance = random.uniform();
  const count = chance < 0.6 ? 1 : chance < 0.81 ? 2 : chance < 0.92 ? 3 : chance < 0.975 ? 4 : 5;
  const patientSeed = deriveSeed(seed, number);
  return courseOf(count, random).flatMap((findings, study) =>
    viewsOf(random).map((view, index): ChexpertFilm => {
      const place = placeOf(number, study + 1, index + 1, view === "Lateral" ? "lateral" : "frontal");
      return {
        source: "chexpert",
        ...place,
        patient: patientName(number),
        study: `study${study + 1}`,
        frontal: view !== "Lateral",
        group: "non-covid",
        sex,
        age,
        view,
        findings,
        spec: {
          patientSeed,
          filmSeed: deriveSeed(patientSeed, study, index),
          width: 512,
          height: 512,
          format: "jpeg",
          view,
          sex: sex === "Male" ? "M" : "F",
          look: {
            contrast: 0.94 + 0.16 * random.uniform(),
            brightness: (random.uniform() - 0.5) * 0.07,
            grain: 4 + 3.5 * random.uniform(),
            collimation: 0,
          },
        },
      };
    }),
  );
}

function viewsOf(random: Random): readonly Exclude<View, "AP Supine">[] {
  const chance = random.uniform();
  if (chance < 0.54) return ["AP"];
  if (chance < 0.7) return ["PA"];
  if (chance < 0.89) return ["PA", "Lateral"];
  return chance < 0.96 ? ["AP", "AP"] : ["PA", "PA", "Lateral"];
}

/** Films that stand a second time under a patient of their own, as merged archives have them. */
function repeats(films: readonly ChexpertFilm[], count: number, random: Random): ChexpertFilm[] {
  const last = Number(films.at(-1)?.patient.replace(/\D/g, "") ?? 0);
  const frontals = random.shuffle(films.filter((film) => film.frontal)).slice(0, count);
  return frontals.map((film, index) => {
    const number = last + 2 + index * 3;
    return {
      ...film,
      ...placeOf(number, 1, 1, "frontal"),
      patient: patientName(number),
      study: "study1",
      copyOf: film.path,
    };
  });
}

function placeOf(patient: number, study: number, view: number, side: "frontal" | "lateral") {
  const path = `${chexpertFolder}/train/${patientName(patient)}/study${study}/view${view}_${side}.jpg`;
  return { path, file: path };
}

function patientName(number: number): string {
  return `patient${String(number).padStart(5, "0")}`;
}
