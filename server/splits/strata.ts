import type { Roster } from "./roster";
import type { Stratify } from "./rules";

export type Strata = {
  /** Per image: its stratum, from 0. */
  readonly of: Int32Array;
  readonly count: number;
};

/** The kinds of images whose shares a split keeps: one kind, one per class, or one per class and source. */
export function strataOf(roster: Roster, stratify: Stratify): Strata {
  const sources = roster.sources.length;
  switch (stratify) {
    case "none":
      return { of: new Int32Array(roster.imageIds.length), count: 1 };
    case "class":
      return { of: Int32Array.from(roster.classIndex), count: roster.classes.length };
    case "class-source":
      return {
        of: Int32Array.from(
          roster.classIndex,
          (classIndex, image) => classIndex * sources + (roster.sourceIndex[image] ?? 0),
        ),
        count: roster.classes.length * sources,
      };
  }
}
