import type { PartSummary, SplitSummary } from "@/server/db/schema/split-facts";
import type { Roster } from "./roster";
import { type Part, parts } from "./rules";

/** Counts per part, class and source. */
export function summarise(roster: Roster, partOf: Uint8Array): SplitSummary {
  const summary = {
    train: partSummary(roster, partOf, 0),
    validation: partSummary(roster, partOf, 1),
    test: partSummary(roster, partOf, 2),
  };
  return { parts: summary, drift: largestDrift(summary, roster) };
}

function partSummary(roster: Roster, partOf: Uint8Array, part: number): PartSummary {
  const classes = new Array<number>(roster.classes.length).fill(0);
  const sources = new Array<number>(roster.sources.length).fill(0);
  const patients = new Set<number>();
  let images = 0;
  partOf.forEach((of, image) => {
    if (of !== part) return;
    images += 1;
    increment(classes, roster.classIndex[image] ?? 0);
    increment(sources, roster.sourceIndex[image] ?? 0);
    const patient = roster.patient[image] ?? -1;
    if (patient >= 0) patients.add(patient);
  });
  return {
    images,
    patients: patients.size,
    classes: named(roster.classes, classes),
    sources: named(roster.sources, sources),
  };
}

function largestDrift(summary: Record<Part, PartSummary>, roster: Roster): number {
  const images = roster.imageIds.length;
  let largest = 0;
  for (const name of roster.classes) {
    const all = parts.reduce((sum, part) => sum + (summary[part].classes[name] ?? 0), 0) / images;
    for (const part of parts) {
      const { images: inPart, classes } = summary[part];
      if (inPart > 0) largest = Math.max(largest, Math.abs((classes[name] ?? 0) / inPart - all));
    }
  }
  return largest * 100;
}

function increment(counts: number[], index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}

function named(names: readonly string[], counts: readonly number[]): Record<string, number> {
  return Object.fromEntries(names.map((name, index) => [name, counts[index] ?? 0]));
}
