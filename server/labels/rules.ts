import { characterOf, type LabelState, stateAt } from "./states";

/** Where a study's current label comes from. */
export const labelOrigins = ["source", "read", "consensus", "adjudicated"] as const;
export type LabelOrigin = (typeof labelOrigins)[number];

/** A read that stands: the reader's latest revision, not withdrawn. */
export type StandingRead = { readonly kind: "read" | "adjudication"; readonly labels: string };

/** The rule in words, as pages show it and label sets keep it. Change it together with `currentLabel`. */
export const currentLabelRule =
  "Adjudicated, else the consensus of its reads, else its only read, else the source. Consensus, per finding: " +
  "what more than half of the reads say; failing that, negative where no read says positive or uncertain, " +
  "else uncertain.";

/**
 * What a study is taken for, by the stated rule.
 * @param source packed, as imported
 * @param reads the reads that stand, oldest first; of several adjudications the latest counts
 * @param findings size of the vocabulary: the length of a read's labels
 */
export function currentLabel(
  source: string,
  reads: readonly StandingRead[],
  findings: number,
): { readonly labels: string; readonly origin: LabelOrigin } {
  const adjudication = reads.findLast((read) => read.kind === "adjudication");
  if (adjudication) return { labels: adjudication.labels, origin: "adjudicated" };
  const [first] = reads;
  if (!first) return { labels: source, origin: "source" };
  if (reads.length === 1) return { labels: first.labels, origin: "read" };
  const labels = Array.from({ length: findings }, (_, position) =>
    characterOf(consensus(reads.map((read) => stateAt(read.labels, position)))),
  ).join("");
  return { labels, origin: "consensus" };
}

/**
 * What two or more readers agree on for one finding. Without a majority, silence against "negative" is
 * negative (nobody sees it, one says so), and anything else is uncertain.
 */
export function consensus(states: readonly LabelState[]): LabelState {
  const majority = states.find(
    (state) => 2 * states.filter((other) => other === state).length > states.length,
  );
  if (majority) return majority;
  return states.some((state) => state === "positive" || state === "uncertain") ? "uncertain" : "negative";
}
