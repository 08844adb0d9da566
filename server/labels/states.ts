/**
 * The four states of a finding, everywhere. A packed label string holds one character per finding of the
 * vocabulary, by position: `+` positive, `-` negative, `?` uncertain, `.` not mentioned. A string that is
 * shorter than the vocabulary says nothing of the findings behind its end.
 */
export const labelStates = ["positive", "negative", "uncertain", "unmentioned"] as const;
export type LabelState = (typeof labelStates)[number];

const characters = { positive: "+", negative: "-", uncertain: "?", unmentioned: "." } as const;
export type StateCharacter = (typeof characters)[LabelState];

const states: Readonly<Record<string, LabelState>> = {
  "+": "positive",
  "-": "negative",
  "?": "uncertain",
  ".": "unmentioned",
};

export function characterOf(state: LabelState): StateCharacter {
  return characters[state];
}

/** The state at a finding's position; beyond the string's end nothing is mentioned. */
export function stateAt(packed: string, position: number): LabelState {
  return states[packed.charAt(position)] ?? "unmentioned";
}

/** A copy of `packed` with one finding set, padded with `.` up to that position. */
export function withState(packed: string, position: number, state: LabelState): string {
  const padded = packed.padEnd(position + 1, ".");
  return padded.slice(0, position) + characterOf(state) + padded.slice(position + 1);
}

/** Packs states by position; a position that is not named is not mentioned. */
export function packLabels(byPosition: ReadonlyMap<number, LabelState>, findings: number): string {
  return Array.from({ length: findings }, (_, position) =>
    characterOf(byPosition.get(position) ?? "unmentioned"),
  ).join("");
}

export const packedLabelsPattern = /^[-+?.]{0,64}$/;

/** Whether two strings say the same, whatever their length. */
export function sameLabels(a: string, b: string): boolean {
  const length = Math.max(a.length, b.length);
  return a.padEnd(length, ".") === b.padEnd(length, ".");
}
