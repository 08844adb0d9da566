import type { LeakCounts, PartLeak } from "@/server/db/schema/split-facts";
import type { Groups } from "./groups";
import type { Roster } from "./roster";
import { parts } from "./rules";

/** Per image: whether it stands in validation or test and has a group member in training. */
export function leakedImages(groups: Groups, partOf: Uint8Array): Uint8Array {
  const trained = new Uint8Array(groups.count);
  groups.of.forEach((group, image) => {
    if (partOf[image] === 0) trained[group] = 1;
  });
  return Uint8Array.from(partOf, (part, image) => (part === 0 ? 0 : (trained[groups.of[image] ?? 0] ?? 0)));
}

/** Counts the leaks of a split (integrity.md, Leakage of a split). */
export function countLeaks(roster: Roster, groups: Groups, partOf: Uint8Array): LeakCounts {
  const leaked = leakedImages(groups, partOf);
  const classes = roster.classes.length;
  const images = new Int32Array(parts.length * classes);
  const hit = new Int32Array(parts.length * classes);
  partOf.forEach((part, image) => {
    const cell = part * classes + (roster.classIndex[image] ?? 0);
    images[cell] = (images[cell] ?? 0) + 1;
    hit[cell] = (hit[cell] ?? 0) + (leaked[image] ?? 0);
  });
  const part = (index: number) => partLeak(roster.classes, images, hit, index);
  return {
    leaks: {
      patients: onSeveralSides(roster.patient, partOf),
      groups: onSeveralSides(groups.of, partOf),
      films: onSeveralSides(roster.film, partOf),
    },
    parts: { train: part(0), validation: part(1), test: part(2) },
  };
}

function partLeak(classes: readonly string[], images: Int32Array, hit: Int32Array, part: number): PartLeak {
  const byClass = classes.map((_, index) => {
    const cell = part * classes.length + index;
    const [all, leaked] = [images[cell] ?? 0, hit[cell] ?? 0];
    return { images: all, leaked, share: all === 0 ? null : leaked / all };
  });
  return {
    images: byClass.reduce((sum, one) => sum + one.images, 0),
    leaked: byClass.reduce((sum, one) => sum + one.leaked, 0),
    byClass: Object.fromEntries(
      classes.map((name, index) => [name, byClass[index] ?? { images: 0, leaked: 0, share: null }]),
    ),
  };
}

/** How many of the numbered things (negative: none) have images in more than one part. */
function onSeveralSides(numberOf: Int32Array, partOf: Uint8Array): number {
  const sides = new Map<number, number>();
  numberOf.forEach((number, image) => {
    if (number >= 0) sides.set(number, (sides.get(number) ?? 0) | (1 << (partOf[image] ?? 0)));
  });
  let several = 0;
  for (const mask of sides.values()) if ((mask & (mask - 1)) !== 0) several += 1;
  return several;
}
