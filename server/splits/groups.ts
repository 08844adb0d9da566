import type { Roster } from "./roster";
import { UnionFind } from "./union-find";

export type Groups = {
  /** Per image of the roster: its group, numbered from 0 in the roster's order. */
  readonly of: Int32Array;
  readonly count: number;
};

/**
 * What a split must keep on one side: images joined by patient and by exact duplicate, through as many steps
 * as it takes (integrity.md, Groups). A placeholder patient joins nothing, so such an image stands alone
 * unless its film stands elsewhere too.
 */
export function groupsOf(roster: Roster): Groups {
  const images = roster.imageIds.length;
  const patients = extent(roster.patient, roster.linkedPatients.flat());
  const films = extent(roster.film, []);
  // Nodes: images, then patients, then films.
  const sets = new UnionFind(images + patients + films);
  for (let image = 0; image < images; image++) {
    const patient = roster.patient[image] ?? -1;
    const film = roster.film[image] ?? -1;
    if (patient >= 0) sets.union(image, images + patient);
    if (film >= 0) sets.union(image, images + patients + film);
  }
  for (const [a, b] of roster.linkedPatients) sets.union(images + a, images + b);
  return numbered(sets, images);
}

function numbered(sets: UnionFind, images: number): Groups {
  const numbers = new Map<number, number>();
  const of = new Int32Array(images);
  for (let image = 0; image < images; image++) {
    const root = sets.find(image);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    of[image] = number;
  }
  return { of, count: numbers.size };
}

function extent(numbers: Int32Array, more: readonly number[]): number {
  let highest = -1;
  for (const number of numbers) if (number > highest) highest = number;
  for (const number of more) if (number > highest) highest = number;
  return highest + 1;
}
