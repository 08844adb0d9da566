import { stateAt } from "@/server/labels/states";

/** A read of a known case: what the reader said, and what is known. */
export type KnownRead = { readonly said: string; readonly known: string };

/** How a reader did on known cases, over all cases and findings; positive against the rest. */
export type QualityScore = {
  readonly cases: number;
  /** Findings × cases on which the reader and what is known are both positive, or both not. */
  readonly agreed: number;
  readonly cells: number;
  /** Known positives that the reader called positive, of all. */
  readonly found: number;
  readonly positives: number;
  /** Known to be not positive and called positive, of all that are not. */
  readonly falseAlarms: number;
};

export type ReaderQuality = QualityScore & {
  /** E-mail address. */
  readonly reader: string;
  readonly name: string;
};

/**
 * Counts a reader's known cases finding by finding. Rare findings make agreement look good: it stands beside what
 * was found and what was called in vain.
 * @param positions places of the findings that count
 */
export function qualityScore(reads: readonly KnownRead[], positions: readonly number[]): QualityScore {
  const score = { cases: reads.length, agreed: 0, cells: 0, found: 0, positives: 0, falseAlarms: 0 };
  for (const { said, known } of reads) {
    for (const position of positions) {
      const isThere = stateAt(known, position) === "positive";
      const isSaid = stateAt(said, position) === "positive";
      score.cells += 1;
      if (isThere === isSaid) score.agreed += 1;
      if (isThere) score.positives += 1;
      if (isThere && isSaid) score.found += 1;
      if (!isThere && isSaid) score.falseAlarms += 1;
    }
  }
  return score;
}
