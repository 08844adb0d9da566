import type { Random } from "@/server/ml/random";
import { type ChexpertFinding, chexpertFindings } from "../finding";
import { reported, type StudyFindings } from "./states";

// How often each is drawn; scaled so that a rare one still stands on a handful of 480 films.
const frequencies: Readonly<Record<ChexpertFinding, number>> = {
  "Enlarged Cardiomediastinum": 0.06,
  Cardiomegaly: 0.17,
  "Lung Opacity": 0.09,
  "Lung Lesion": 0.08,
  Edema: 0.13,
  Consolidation: 0.1,
  Pneumonia: 0.12,
  Atelectasis: 0.12,
  Pneumothorax: 0.1,
  "Pleural Effusion": 0.2,
  "Pleural Other": 0.04,
  Fracture: 0.05,
  "Support Devices": 0.3,
};

const ofTheLung: readonly ChexpertFinding[] = [
  "Lung Lesion",
  "Edema",
  "Consolidation",
  "Pneumonia",
  "Atelectasis",
];
// What a patient keeps from study to study; the rest comes and goes.
const lasting = new Set<ChexpertFinding>(["Cardiomegaly", "Lung Lesion", "Pleural Other", "Support Devices"]);

/** The findings of a patient's successive studies: the same illness, better or worse. */
export function courseOf(studies: number, random: Random): StudyFindings[] {
  const healthy = random.uniform() < 0.3;
  const onset = chexpertFindings.filter(
    (finding) => random.uniform() < frequencies[finding] * (healthy ? 0.12 : 1.35),
  );
  const strength = new Map(onset.map((finding) => [finding, firstSeverity(random)]));
  return Array.from({ length: studies }, (_, index) => {
    if (index > 0)
      for (const finding of onset) strength.set(finding, later(finding, strength.get(finding) ?? 0, random));
    return studyOf(Object.fromEntries(strength), random);
  });
}

function firstSeverity(random: Random): number {
  return random.uniform() < 0.14 ? 0.2 + 0.2 * random.uniform() : 0.66 + 0.34 * random.uniform();
}

function later(finding: ChexpertFinding, severity: number, random: Random): number {
  if (lasting.has(finding)) return severity;
  const changed = severity + (random.uniform() - 0.55) * 0.6;
  return changed < 0.16 ? 0 : Math.min(1, changed);
}

function studyOf(drawn: Partial<Record<ChexpertFinding, number>>, random: Random): StudyFindings {
  const severities = { ...drawn };
  const lung = Math.max(0, ...ofTheLung.map((finding) => severities[finding] ?? 0));
  // The parent finding has a drawing of its own only where none of its children explains it.
  if (lung > 0) delete severities["Lung Opacity"];
  const states: StudyFindings["states"] = {};
  for (const finding of chexpertFindings) states[finding] = reported(severities[finding] ?? 0, random);
  if (lung > 0.5) states["Lung Opacity"] = random.uniform() < 0.6 ? "positive" : "unmentioned";
  return { severities, states };
}
