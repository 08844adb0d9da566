import { type LabelState, labelStates, stateAt, withState } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import { differing, sidesOf } from "@/server/reading/adjudication-rules";
import type {
  AdjudicationCase,
  CaseCounts,
  CaseDraft,
  CaseTaken,
} from "@/server/reading/adjudication-schema";
import { nextState } from "@/server/reading/rules";
import type { Region } from "@/server/reading/schema";
import { keptNext, withSide } from "./case-regions";

/** What is decided so far, and where on the films it is. */
export type Decision = CaseDraft & { readonly regions: readonly Region[] };

/**
 * hanging: waits for a case · deciding · sending: decided, not yet acknowledged · lost: others have settled or taken
 * it, what was decided still stands there · ended: no case is left.
 */
type Phase = "hanging" | "deciding" | "sending" | "lost" | "ended";

export type CaseState = {
  readonly phase: Phase;
  readonly held: AdjudicationCase | null;
  readonly counts: CaseCounts;
  /** Findings that the readers differ on, in display order. */
  readonly rows: readonly Finding[];
  readonly decision: Decision;
  /** The finding that the side keys settle. */
  readonly at: number | null;
  /** The finding decided last, as long as no other was gone to: what is drawn belongs to it. */
  readonly last: number | null;
  /** Films of the case that is likely next. */
  readonly upcoming: readonly number[];
  /** Decided or typed since the case was hung: worth keeping. */
  readonly touched: boolean;
  /** Its contradictions were asked about, and nothing was changed since. */
  readonly asked: boolean;
  readonly problem: string | null;
};

export type CaseEvent =
  | {
      readonly type: "hung";
      readonly taken: CaseTaken;
      readonly findings: readonly Finding[];
      readonly problem?: string;
    }
  | { readonly type: "decided"; readonly position: number; readonly state: LabelState }
  /** What one side says is taken, and what it drew with it. */
  | { readonly type: "sided"; readonly position: number; readonly state: LabelState }
  | { readonly type: "drawn"; readonly change: (regions: readonly Region[]) => readonly Region[] }
  /** Keeps the next reader's regions of the finding decided last instead, then nobody's. */
  | { readonly type: "kept-next" }
  /** A finding's own letter. */
  | { readonly type: "lettered"; readonly position: number }
  | { readonly type: "commented"; readonly comment: string }
  | { readonly type: "moved"; readonly by: number }
  | { readonly type: "incomplete" }
  | { readonly type: "asked" }
  | { readonly type: "sent" }
  | { readonly type: "refused"; readonly problem: string; readonly lost: boolean }
  | { readonly type: "hindered"; readonly problem: string };

export const noCase: CaseState = {
  phase: "hanging",
  held: null,
  counts: { left: 0, elsewhere: 0, own: 0 },
  rows: [],
  decision: { labels: "", comment: "", settled: [], regions: [] },
  at: null,
  last: null,
  upcoming: [],
  touched: false,
  asked: false,
  problem: null,
};

/** The room after something happened in it. What does not fit its phase changes nothing. */
export function caseAfter(room: CaseState, event: CaseEvent): CaseState {
  switch (event.type) {
    case "hung":
      return hung(event.taken, event.findings, event.problem ?? null);
    case "decided":
      return room.phase === "deciding" ? decided(room, event.position, event.state) : room;
    case "lettered": {
      const state = stateByLetter(room, event.position);
      return caseAfter(room, { type: "decided", position: event.position, state });
    }
    case "sided":
      return caseAfter(
        drawn(room, (regions) => withSide(regions, room.held?.reads ?? [], event.position, event.state)),
        { ...event, type: "decided" },
      );
    case "drawn":
      return drawn(room, event.change);
    case "kept-next": {
      const { held, last } = room;
      return held && last !== null ? drawn(room, (now) => keptNext(now, held.reads, last)) : room;
    }
    case "commented": {
      if (room.phase !== "deciding") return room;
      const decision = { ...room.decision, comment: event.comment };
      return { ...room, decision, touched: true, problem: null };
    }
    case "moved":
      return moved(room, event.by);
    case "incomplete": {
      const open = unsettled(room);
      const which = open.length === 1 ? "One finding is" : `${open.length} findings are`;
      return { ...room, at: open[0]?.position ?? room.at, problem: `${which} not settled yet.` };
    }
    case "asked":
      return { ...room, asked: true };
    case "sent":
      return { ...room, phase: "sending", problem: null };
    case "refused":
      return { ...room, phase: event.lost ? "lost" : "deciding", problem: event.problem };
    case "hindered":
      return { ...room, problem: event.problem };
  }
}

/** The rows that still want a decision. */
export function unsettled({ rows, decision }: CaseState): Finding[] {
  return rows.filter(({ position }) => !decision.settled.includes(position));
}

/**
 * What a finding's own letter makes of it. Where readers differ: what neither side says, so that a third value
 * costs one key. Where they agree: the next state, as in the reading room.
 */
function stateByLetter({ held, decision }: CaseState, position: number): LabelState {
  const now = stateAt(decision.labels, position);
  const sides = sidesOf(held?.reads ?? [], position);
  if (!sides) return nextState(now, false);
  const thirds = thirdStates.filter((state) => !sides.includes(state));
  const place = decision.settled.includes(position) ? thirds.indexOf(now) : -1;
  return thirds[(place + 1) % thirds.length] ?? "uncertain";
}

/** What is neither side most often: doubt. */
const thirdStates: readonly LabelState[] = [
  "uncertain",
  ...labelStates.filter((state) => state !== "uncertain"),
];

function hung(taken: CaseTaken, findings: readonly Finding[], problem: string | null): CaseState {
  const { taken: held, upcoming, ...counts } = taken;
  if (!held) return { ...noCase, phase: "ended", counts, problem };
  const rows = differing(findings, held.reads);
  const draft = held.draft ?? { labels: agreed(held, rows), comment: "", settled: [] };
  const decision = { ...draft, regions: draft.regions ?? [] };
  const room: CaseState = { ...noCase, phase: "deciding", held, counts, rows, decision, problem, upcoming };
  return { ...room, at: (unsettled(room)[0] ?? rows[0])?.position ?? null };
}

/** What all readers say; nothing yet of what they differ on. */
function agreed({ reads }: AdjudicationCase, rows: readonly Finding[]): string {
  const said = reads.reduce((most, { labels }) => (labels.length > most.length ? labels : most), "");
  return rows.reduce((labels, { position }) => withState(labels, position, "unmentioned"), said);
}

/** Goes on to the next row that wants a decision. */
function decided(room: CaseState, position: number, state: LabelState): CaseState {
  const { labels, settled } = room.decision;
  const decision = {
    ...room.decision,
    labels: withState(labels, position, state),
    settled: [...new Set([...settled, position])],
  };
  const after: CaseState = { ...room, decision, last: position, touched: true, asked: false, problem: null };
  if (position !== room.at) return after;
  const open = unsettled(after);
  const place = room.rows.findIndex((row) => row.position === position);
  const next = open.find((row) => room.rows.indexOf(row) > place) ?? open[0];
  return { ...after, at: next?.position ?? position };
}

function moved(room: CaseState, by: number): CaseState {
  const place = room.rows.findIndex(({ position }) => position === room.at);
  const next = room.rows[Math.max(0, Math.min(place + by, room.rows.length - 1))];
  return { ...room, at: next?.position ?? room.at, last: next?.position ?? room.at };
}

function drawn(room: CaseState, change: (regions: readonly Region[]) => readonly Region[]): CaseState {
  if (room.phase !== "deciding") return room;
  const decision = { ...room.decision, regions: change(room.decision.regions) };
  return { ...room, decision, touched: true, problem: null };
}
