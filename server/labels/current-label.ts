import type { LabelOrigin } from "./rules";
import { characterOf, type LabelState, stateAt } from "./states";

/** What stands of one person's dealing with a study. */
export type StandingRead = {
  readonly id: number;
  readonly kind: "read" | "adjudication";
  readonly labels: string;
};

export type Judged = {
  readonly labels: string;
  readonly origin: LabelOrigin;
};

/**
 * The stated rule (`currentLabelRule`) in words of code: what it makes of a study's imported labels and of reads
 * that stand. The database does the same in `settle_labels`, and the test holds one against the other.
 * @param findings length of the vocabulary
 */
export function currentLabel(source: string, standing: readonly StandingRead[], findings: number): Judged {
  const byAge = standing.toSorted((a, b) => a.id - b.id);
  const adjudicated = byAge.findLast(({ kind }) => kind === "adjudication");
  if (adjudicated) return { labels: adjudicated.labels, origin: "adjudicated" };
  const reads = byAge.filter(({ kind }) => kind === "read").map(({ labels }) => labels);
  const [only] = reads;
  if (only === undefined) return { labels: source, origin: "source" };
  if (reads.length === 1) return { labels: only, origin: "read" };
  const agreed = Array.from({ length: findings }, (_, at) => characterOf(consensusAt(reads, at).state));
  return { labels: agreed.join(""), origin: "consensus" };
}

export type Consensus = {
  readonly state: LabelState;
  /** Which part of the rule decided: more than half, or failing that nobody or somebody who sees something. */
  readonly by: "majority" | "nobody sees it" | "somebody sees it";
  readonly says: Readonly<Record<LabelState, number>>;
};

/** What two or more reads agree on of one finding. */
export function consensusAt(reads: readonly string[], position: number): Consensus {
  const says = { positive: 0, negative: 0, uncertain: 0, unmentioned: 0 };
  for (const read of reads) says[stateAt(read, position)] += 1;
  const [state, most] = (Object.entries(says) as [LabelState, number][]).reduce((a, b) =>
    b[1] > a[1] ? b : a,
  );
  if (2 * most > reads.length) return { state, by: "majority", says };
  return says.positive + says.uncertain > 0
    ? { state: "uncertain", by: "somebody sees it", says }
    : { state: "negative", by: "nobody sees it", says };
}
