import type { Random } from "@/server/ml/random";
import type { ChexpertFinding } from "../finding";
import type { ChexpertFilm } from "./chexpert-plan";
import type { LabelError } from "./film";

// Findings that a small network learns from these drawings, so that the errors can be found again.
const plain: readonly ChexpertFinding[] = [
  "Pleural Effusion",
  "Cardiomegaly",
  "Consolidation",
  "Pneumothorax",
  "Edema",
];

/** Turns about 3% of the frontal films' studies wrong, half missed and half invented; changes them in place. */
export function planLabelErrors(films: readonly ChexpertFilm[], random: Random): LabelError[] {
  const wanted = Math.max(2, Math.round(films.length * 0.03));
  const used = new Set<ChexpertFilm["findings"]>();
  const errors: LabelError[] = [];
  const candidates = random.shuffle(films.filter((film) => film.frontal));
  for (const film of candidates) {
    if (errors.length >= wanted) break;
    const missed = errors.length % 2 === 0;
    const finding = plain.find((candidate) => suits(film, candidate, missed));
    if (!finding || used.has(film.findings)) continue;
    used.add(film.findings);
    film.findings.states[finding] = missed ? "negative" : "positive";
    errors.push({
      source: "chexpert",
      path: film.path,
      patient: film.patient,
      finding,
      labelled: missed ? "negative" : "positive",
      drawn: missed,
    });
  }
  return errors;
}

function suits({ findings }: ChexpertFilm, finding: ChexpertFinding, missed: boolean): boolean {
  const severity = findings.severities[finding] ?? 0;
  return missed ? severity > 0.7 && findings.states[finding] === "positive" : severity === 0;
}
