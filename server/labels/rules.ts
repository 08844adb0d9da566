/** Where a study's current label comes from. */
export const labelOrigins = ["source", "read", "consensus", "adjudicated"] as const;
export type LabelOrigin = (typeof labelOrigins)[number];

/**
 * The rule by which a study's current label is chosen, in words: pages show it and label sets keep it. What it
 * says is done by `settle_labels` and `consensus_labels` (migration `reading_in_the_database`); change both
 * together.
 */
export const currentLabelRule =
  "Adjudicated, else the consensus of its reads, else its only read, else the source. Consensus, per finding: " +
  "what more than half of the reads say; failing that, negative where no read says positive or uncertain, " +
  "else uncertain.";
