import { stateAt } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import { accepted, contradictions, suggestions } from "@/server/reading/rules";
import type { Region, RoomStudy, Submitted, Taken } from "@/server/reading/schema";

/** What the reader has made of the study so far. */
export type Reading = {
  readonly labels: string;
  readonly comment: string;
  readonly flagged: boolean;
  readonly regions: readonly Region[];
};

/**
 * hanging: waits for a study · reading · sending: submitted, not yet acknowledged · revealed: all is shown side by
 * side · lost: somebody else has the study, what was typed still stands there · ended: nothing is left.
 */
export type Phase = "hanging" | "reading" | "sending" | "revealed" | "lost" | "ended";

export type RoomState = {
  readonly phase: Phase;
  readonly study: RoomStudy | null;
  readonly reading: Reading;
  /** Typed since the study was hung: worth a draft. */
  readonly typed: boolean;
  /** Its contradictions were asked about, and nothing was changed since. */
  readonly asked: boolean;
  readonly submitted: Submitted | null;
  /** The next study, held while this one's reveal is looked at. */
  readonly waiting: Taken | null;
  /** Films to fetch ahead, the next ones first. */
  readonly ahead: readonly number[];
  /** What is in the way, in words; null when nothing is. */
  readonly problem: string | null;
};

export type RoomEvent =
  | { readonly type: "hung"; readonly taken: Taken; readonly problem?: string }
  | { readonly type: "changed"; readonly change: (reading: Reading) => Reading }
  | { readonly type: "asked" }
  | { readonly type: "sent" }
  | { readonly type: "revealed"; readonly submitted: Submitted }
  | { readonly type: "waiting"; readonly taken: Taken }
  | { readonly type: "refused"; readonly problem: string; readonly lost: boolean }
  | { readonly type: "hindered"; readonly problem: string };

const blank: Reading = { labels: "", comment: "", flagged: false, regions: [] };

export const emptyRoom: RoomState = {
  phase: "hanging",
  study: null,
  reading: blank,
  typed: false,
  asked: false,
  submitted: null,
  waiting: null,
  ahead: [],
  problem: null,
};

/** The room after something happened in it. What does not fit its phase changes nothing. */
export function roomAfter(room: RoomState, event: RoomEvent): RoomState {
  switch (event.type) {
    case "hung":
      return hung(event.taken, event.problem ?? null);
    case "changed":
      if (room.phase !== "reading") return room;
      return { ...room, reading: event.change(room.reading), typed: true, asked: false, problem: null };
    case "asked":
      return { ...room, asked: true };
    case "sent":
      return { ...room, phase: "sending", problem: null };
    case "revealed":
      return { ...room, phase: "revealed", submitted: event.submitted, problem: null };
    case "waiting":
      if (room.phase !== "revealed") return room;
      return { ...room, waiting: event.taken, ahead: filmsOf(event.taken) };
    case "refused":
      return { ...room, phase: event.lost ? "lost" : "reading", problem: event.problem };
    case "hindered":
      return { ...room, problem: event.problem };
  }
}

function hung(taken: Taken, problem: string | null): RoomState {
  const { study } = taken;
  if (!study) return { ...emptyRoom, phase: "ended", problem };
  const { labels, comment, flagged, regions = [] } = study.draft ?? blank;
  return {
    ...emptyRoom,
    phase: "reading",
    study,
    reading: { labels, comment, flagged, regions },
    ahead: taken.upcoming,
    problem,
  };
}

/** The held study's own films before those of the studies after it. */
function filmsOf({ study, upcoming }: Taken): number[] {
  const own = study ? [...study.images.slice(0, 2), ...(study.priors[0]?.images.slice(0, 1) ?? [])] : [];
  return [...own.filter(({ here }) => here).map(({ id }) => id), ...upcoming];
}

/** The regions of findings that are, or may be, there; those of others wait in case the state comes round again. */
export function regionsThatCount({ labels, regions }: Reading): readonly Region[] {
  return regions.filter(({ finding }) => {
    const state = stateAt(labels, finding);
    return state === "positive" || state === "uncertain";
  });
}

/** The item whose lease this window keeps up: the study that is read, else the one that waits. */
export function heldItem({ phase, study, waiting }: RoomState): number | null {
  if (phase === "reading" || phase === "sending") return study?.item ?? null;
  return waiting?.study?.item ?? null;
}

/** The remark below the findings: a contradiction as it is made, else a parent to take along. */
export function remarkOn(room: RoomState, findings: readonly Finding[]) {
  if (room.phase !== "reading") return null;
  const [clash] = contradictions(room.reading.labels, findings);
  if (clash) return { kind: "contradiction", text: clash.text, asked: room.asked } as const;
  const [suggestion] = suggestions(room.reading.labels, findings);
  if (!suggestion) return null;
  const take = (reading: Reading) => ({ ...reading, labels: accepted(reading.labels, suggestion) });
  return { kind: "suggestion", text: suggestion.text, take } as const;
}
