import type { Random } from "@/server/ml/random";
import type { Severities } from "../finding";

/** A patient of the covid source before films are planned: how many frontal films of which finding. */
export type CovidPatient = { readonly finding: string; readonly films: number; readonly lateral: boolean };

// The dataset's words, and what is drawn for them.
const others: readonly (readonly [string, Severities])[] = [
  ["No Finding", {}],
  ["Streptococcus", { Consolidation: 1 }],
  ["Pneumocystis", { Edema: 0.8 }],
  ["No Finding", {}],
  ["SARS", { Pneumonia: 0.9 }],
  ["Klebsiella", { Consolidation: 0.9, "Pleural Effusion": 0.4 }],
  ["ARDS", { Edema: 1, "Support Devices": 1 }],
  ["Legionella", { Pneumonia: 1 }],
];

/**
 * Patients for so many films. Two thirds of the films are COVID-19, and of those half come from patients with
 * two to four films: a random split by film then puts the same patient on both sides.
 */
export function covidPatients(films: number, random: Random): readonly CovidPatient[] {
  const laterals = Math.round(films * 0.07);
  const covid = Math.round((films - laterals) * 0.68);
  const series = seriesOf(Math.round(covid / 2));
  const singles = covid - series.reduce((sum, count) => sum + count, 0);
  const counts = [...series, ...Array.from({ length: singles }, () => 1)];
  const ill = counts.map((count) => ({
    finding: random.uniform() < 0.12 ? "COVID-19, ARDS" : "COVID-19",
    films: count,
  }));
  const rest = pairsOf(films - laterals - covid).map((count, index) => ({
    finding: others[index % others.length]?.[0] ?? "No Finding",
    films: count,
  }));
  const patients = random.shuffle([...ill, ...rest]);
  return patients.map((patient, index) => ({
    ...patient,
    lateral: (index * laterals) % patients.length < laterals,
  }));
}

/** What is drawn on a film `progress` (0 … 1) of the way through the illness. */
export function drawnFor(finding: string, progress: number, random: Random): Severities {
  const jitter = 0.9 + 0.1 * random.uniform();
  const height = 0.62 + 0.38 * Math.sin(Math.PI * Math.min(1, 0.25 + progress * 0.6));
  if (finding === "COVID-19")
    return { "COVID-19": height * jitter, ...(random.uniform() < 0.22 ? { "Support Devices": 1 } : {}) };
  if (finding === "COVID-19, ARDS") return { "COVID-19": 1, Edema: 0.55, "Support Devices": 1 };
  return others.find(([name]) => name === finding)?.[1] ?? {};
}

/** Series of two, three and four films that add up to `films`. */
function seriesOf(films: number): number[] {
  const series: number[] = [];
  for (let left = films, turn = 0; left >= 2; turn++) {
    const wanted = [2, 3, 2, 4][turn % 4] ?? 2;
    const count = left - wanted === 1 ? wanted + 1 : Math.min(wanted, left);
    series.push(count);
    left -= count;
  }
  return series;
}

/** One film for most, two for every fourth. */
function pairsOf(films: number): number[] {
  const counts: number[] = [];
  for (let left = films, turn = 0; left > 0; turn++) {
    const count = turn % 4 === 3 ? Math.min(2, left) : 1;
    counts.push(count);
    left -= count;
  }
  return counts;
}
