import type { LabelColumn } from "./label-column";
import { indexOfCode, positions, silent, states } from "./packed-codes";
import type { Transition } from "./schema";
import { labelStates } from "./states";

export type Changes = {
  /** Images that both sides hold, and that only one does. */
  readonly common: number;
  readonly onlyFrom: number;
  readonly onlyTo: number;
  /** Common images whose labels differ. */
  readonly images: number;
  /** By position of the finding; the most frequent first. */
  readonly transitions: readonly (readonly Transition[])[];
};

/** Goes along two columns at once and counts, per finding, how many images went from which state to which. */
export function changesBetween(from: LabelColumn, to: LabelColumn): Changes {
  const counts = new Int32Array(positions * states * states);
  let [common, images] = [0, 0];
  for (let a = 0, b = 0; a < from.images.length && b < to.images.length; ) {
    const ahead = from.images[a] === to.images[b] ? 0 : Number(from.images[a]) - Number(to.images[b]);
    if (ahead === 0) {
      common += 1;
      const [before = "", after = ""] = [from.labels[a], to.labels[b]];
      if (before !== after && count(counts, before, after)) images += 1;
    }
    if (ahead <= 0) a += 1;
    if (ahead >= 0) b += 1;
  }
  return {
    common,
    onlyFrom: from.images.length - common,
    onlyTo: to.images.length - common,
    images,
    transitions: Array.from({ length: positions }, (_, position) => transitionsAt(counts, position)),
  };
}

/** @returns whether the two differ in any finding */
function count(counts: Int32Array, before: string, after: string): boolean {
  let differs = false;
  for (let position = 0; position < Math.max(before.length, after.length); position++) {
    const [from, to] = [stateAt(before, position), stateAt(after, position)];
    if (from === to) continue;
    differs = true;
    const cell = (position * states + from) * states + to;
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return differs;
}

function stateAt(labels: string, position: number): number {
  return position < labels.length ? indexOfCode(labels.charCodeAt(position)) : silent;
}

function transitionsAt(counts: Int32Array, position: number): Transition[] {
  return labelStates
    .flatMap((from, a) =>
      labelStates.map((to, b) => ({ from, to, images: counts[(position * states + a) * states + b] ?? 0 })),
    )
    .filter(({ images }) => images > 0)
    .sort((a, b) => b.images - a.images);
}
