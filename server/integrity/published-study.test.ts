import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseCohortCsv } from "@/server/cohorts/csv";
import { env } from "@/server/lib/env";
import { expectedLeak } from "@/server/splits/expected-leak";
import { groupsOf } from "@/server/splits/groups";
import { countLeaks } from "@/server/splits/leaks";
import { patientSplit } from "@/server/splits/patient-split";
import { randomSplit } from "@/server/splits/random-split";
import { rosterOf } from "@/server/splits/roster";
import { strataOf } from "@/server/splits/strata";
import { summarise } from "@/server/splits/summary";

const file = path.resolve(env().OVERREAD_SHARED, "data/published-study.csv");
const here = existsSync(file);
const title = here ? "the published study's cohort" : `the published study's cohort (skipped: no ${file})`;
const shares = { train: 60, validation: 20, test: 20 };

describe.skipIf(!here)(title, () => {
  const roster = here ? publishedRoster() : rosterOf([], []);
  const groups = groupsOf(roster);
  const strata = strataOf(roster, "class");

  it("has 132 COVID images of 78 patients among 1,492", () => {
    const covid = [...roster.classIndex].flatMap((classIndex, image) => (classIndex === 0 ? [image] : []));
    expect(roster.imageIds).toHaveLength(1492);
    expect(covid).toHaveLength(132);
    expect(new Set(covid.map((image) => roster.patient[image])).size).toBe(78);
  });

  // data/README.md: "about 50% of the COVID test images and about 24% of the others (mean of 200 draws)".
  it("leaks about half of its COVID test images in a random split, and a quarter of the others", () => {
    const seeds = Array.from({ length: 200 }, (_, seed) => seed + 1);
    const draws = seeds.map(
      (seed) => countLeaks(roster, groups, randomSplit(strata, shares, seed)).parts.test,
    );
    const mean = (name: string) =>
      draws.reduce((sum, test) => sum + (test.byClass[name]?.share ?? 0), 0) / draws.length;
    expect(Math.abs(mean("covid") - 0.5)).toBeLessThan(0.02);
    expect(Math.abs(mean("non-covid") - 0.24)).toBeLessThan(0.01);
    // The audit's expectation is exact; the mean of 200 draws may be off by a few standard errors.
    const { byClass } = expectedLeak(roster, groups, shares);
    expect(Math.abs(mean("covid") - (byClass.covid ?? 0))).toBeLessThan(0.025);
    expect(Math.abs(mean("non-covid") - (byClass["non-covid"] ?? 0))).toBeLessThan(0.006);
  });

  it("leaks nothing when whole patients are kept apart, and prevalence holds within a point", () => {
    for (let seed = 1; seed <= 50; seed++) {
      const partOf = patientSplit(groups, strata, [60, 20, 20], seed);
      const { leaks } = countLeaks(roster, groups, partOf);
      expect(leaks).toEqual({ patients: 0, groups: 0, films: 0 });
      const { parts, drift } = summarise(roster, partOf);
      expect(drift).toBeLessThan(1);
      expect(Math.abs(parts.test.images / 1492 - 0.2)).toBeLessThan(0.01);
    }
  });
});

function publishedRoster() {
  const text = readFileSync(file, "utf8");
  const table = parseCohortCsv(text, "class");
  const patients = parseCohortCsv(text, "patient");
  if (!table.ok || !patients.ok) throw new Error("published-study.csv is not readable");
  const numbers = new Map<string, number>();
  return rosterOf(
    table.value.rows.map((row, index) => {
      const patient = `${row.dataset} ${patients.value.rows[index]?.class}`;
      numbers.set(patient, numbers.get(patient) ?? numbers.size);
      return {
        imageId: index,
        classIndex: row.class === "covid" ? 0 : 1,
        source: row.dataset,
        patientId: numbers.get(patient) ?? 0,
        placeholder: false,
        film: null,
        day: null,
      };
    }),
    ["covid", "non-covid"],
  );
}
