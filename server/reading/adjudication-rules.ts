import { type LabelState, labelStates, stateAt } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";

type Said = { readonly labels: string };

/** The findings of which the reads say different things, in display order. */
export function differing(findings: readonly Finding[], reads: readonly Said[]): Finding[] {
  return findings.filter(({ position }) => statesSaid(reads, position).length > 1);
}

/** The states that reads say of a finding, what most say first; among equals what was said first. */
export function statesSaid(reads: readonly Said[], position: number): LabelState[] {
  const said = reads.map(({ labels }) => stateAt(labels, position));
  const times = (state: LabelState) => said.filter((one) => one === state).length;
  return labelStates
    .filter((state) => said.includes(state))
    .sort((a, b) => times(b) - times(a) || said.indexOf(a) - said.indexOf(b));
}

/**
 * Which state each side of a row stands for: the first two that are said. With two reads the sides are the
 * readers, so that a side says the same reader's word in every row.
 */
export function sidesOf(reads: readonly Said[], position: number): readonly [LabelState, LabelState] | null {
  const [first, second] = reads;
  const inOrder =
    first && second && reads.length === 2
      ? [stateAt(first.labels, position), stateAt(second.labels, position)]
      : statesSaid(reads, position);
  const [left, right] = inOrder;
  return left === undefined || right === undefined || left === right ? null : [left, right];
}

export type CaseStanding = "mine" | "free" | "elsewhere" | "own";
export type OpenCase = { readonly item: number; readonly position: number; readonly standing: CaseStanding };

/**
 * The case that an adjudicator gets: the one in hand, else the first that is free; behind `after` where she left
 * one for later, from the top again when there is none behind it.
 */
export function nextCase(cases: readonly OpenCase[], after?: number): OpenCase | null {
  const open = cases.filter(({ standing }) => standing === "mine" || standing === "free");
  if (after === undefined) return open.find(({ standing }) => standing === "mine") ?? open[0] ?? null;
  return open.find(({ position }) => position > after) ?? open[0] ?? null;
}
