import { type LabelState, stateAt } from "@/server/labels/states";
import type { Count, FilmState, ReadState, Sex, SplitPart, StateCounts } from "./schema";

/** One combination of attributes and how many images have it. */
export type AttributeGroup = {
  readonly dataset: string;
  readonly view: string;
  readonly sex: Sex;
  readonly age: number | null;
  readonly readState: ReadState;
  readonly film: FilmState;
  /** Null while no split is chosen. */
  readonly part: SplitPart | null;
  readonly images: number;
};

type Attribute = Exclude<keyof AttributeGroup, "images">;
/** Which values of an attribute pass; an attribute that is not named passes whole. */
export type AttributeTests = { readonly [Name in Attribute]?: (value: AttributeGroup[Name]) => boolean };

export type AttributeCounts = {
  readonly total: number;
  readonly of: { readonly [Name in Attribute]: ReadonlyMap<AttributeGroup[Name], number> };
};

/**
 * Counts per value of every attribute with faceted meaning: a group adds to an attribute's counts when no
 * other attribute's filter refuses it. Values that filters leave nothing of are kept with 0.
 */
export function countAttributes(groups: readonly AttributeGroup[], tests: AttributeTests): AttributeCounts {
  const refusals = groups.map((group) => refusalsOf(group, tests));
  const count = <Name extends Attribute>(name: Name) => {
    const counts = new Map<AttributeGroup[Name], number>();
    groups.forEach((group, index) => {
      const counted = refusals[index]?.every((other) => other === name);
      counts.set(group[name], (counts.get(group[name]) ?? 0) + (counted ? group.images : 0));
    });
    return counts;
  };
  return {
    total: groups.reduce((sum, group, index) => sum + (refusals[index]?.length === 0 ? group.images : 0), 0),
    of: {
      dataset: count("dataset"),
      view: count("view"),
      sex: count("sex"),
      age: count("age"),
      readState: count("readState"),
      film: count("film"),
      part: count("part"),
    },
  };
}

/** Attributes whose filters refuse the group. */
function refusalsOf(group: AttributeGroup, tests: AttributeTests): Attribute[] {
  const refuses = <Name extends Attribute>(name: Name) => {
    const test: ((value: AttributeGroup[Name]) => boolean) | undefined = tests[name];
    return test !== undefined && !test(group[name]);
  };
  return (["dataset", "view", "sex", "age", "readState", "film", "part"] as const).filter(refuses);
}

/** A piece of packed labels (five findings or so) and how many images have it. */
export type LabelPiece = {
  /** Position of the piece's first finding. */
  readonly start: number;
  readonly piece: string;
  /** Position of the one finding whose filter refuses these images; -1 when none does. */
  readonly refusedBy: number;
  readonly images: number;
};

/** Per finding's position the counts of the four states, each ignoring its own finding's filter. */
export function countStates(
  pieces: Iterable<LabelPiece>,
  width: number,
  findings: number,
): readonly StateCounts[] {
  const counts = Array.from({ length: findings }, () => emptyStates());
  for (const { start, piece, refusedBy, images } of pieces) {
    for (let offset = 0; offset < width; offset += 1) {
      const finding = counts[start + offset];
      if (finding && (refusedBy === -1 || refusedBy === start + offset)) {
        finding[stateAt(piece, offset)] += images;
      }
    }
  }
  return counts;
}

function emptyStates(): Record<LabelState, number> {
  return { positive: 0, negative: 0, uncertain: 0, unmentioned: 0 };
}

/** Most frequent value first. */
export function byFrequency(counts: ReadonlyMap<string, number>): Count<string>[] {
  return [...counts]
    .map(([value, images]) => ({ value, images }))
    .sort((a, b) => b.images - a.images || a.value.localeCompare(b.value));
}

/** Every value of a closed list in the list's order, 0 where no image has it. */
export function inOrder<Value extends string>(
  values: readonly Value[],
  counts: ReadonlyMap<Value | null, number>,
): Count<Value>[] {
  return values.map((value) => ({ value, images: counts.get(value) ?? 0 }));
}

/** Years ascending, unknown last. */
export function byAge(counts: ReadonlyMap<number | null, number>): Count<number | null>[] {
  const last = Number.POSITIVE_INFINITY;
  return [...counts]
    .map(([value, images]) => ({ value, images }))
    .sort((a, b) => (a.value ?? last) - (b.value ?? last));
}
