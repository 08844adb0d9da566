import { consensusOf } from "@/server/labels/consensus";
import { type LabelState, stateAt } from "@/server/labels/states";
import type { WorklistReads } from "./agreement-reads";

export const referenceNames = ["consensus", "others"] as const;
export type ReferenceName = (typeof referenceNames)[number];

/** What readers and models are held against, in words: shown wherever a number stands that depends on it. */
export const referenceWords: Readonly<Record<ReferenceName, { title: string; words: string }>> = {
  consensus: {
    title: "Consensus of all readers",
    words:
      "What an adjudicator decided, else the consensus of the study's readers, of whom there are at least two. " +
      "A reader's own read is part of it, which flatters the fewer the readers are.",
  },
  others: {
    title: "Consensus of the other readers",
    words:
      "What an adjudicator decided, else the consensus of the study's other readers: nobody is held against her " +
      "own word. A model is held against all of them.",
  },
};

/**
 * What is held to be so of a finding, per study: adjudicated, else the consensus of the worklist's reads; null
 * where there is neither.
 * @param without a reader's column whose read is left out; then one other read is enough
 */
export function referenceStates(
  { readers, studies, labels, adjudicated }: WorklistReads,
  position: number,
  without?: number,
): (LabelState | null)[] {
  const least = without === undefined ? 2 : 1;
  return Array.from(studies, (_, study) => {
    const decided = adjudicated[study] ?? null;
    if (decided !== null) return stateAt(decided, position);
    const said = readers.flatMap((_, column) => {
      const read = labels[study * readers.length + column] ?? null;
      return read === null || column === without ? [] : [stateAt(read, position)];
    });
    return said.length < least ? null : consensusOf(said);
  });
}
