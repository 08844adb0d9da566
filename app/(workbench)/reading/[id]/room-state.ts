import { stateAt } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import { accepted, contradictions, suggestions } from "@/server/reading/rules";
import type { Region, RoomStudy, Submitted, Taken, WorklistStatus } from "@/server/reading/schema";

/** What the reader has made of the study so far. */
export type Reading = {
  readonly labels: string;
  readonly comment: string;
  readonly flagged: boolean;
  readonly regions: readonly Region[];
};

/** hanging: waits for a study · reading · ended: nothing is left. */
export type Phase = "hanging" | "reading" | "ended";

/** The study before this one, and what became of it. */
export type LastRead = {
  readonly study: RoomStudy;
  readonly reading: Reading;
  readonly step: "submit" | "skip";
  readonly outcome:
    | { readonly kind: "sending" }
    /** Skipped, or sent by another window: there is nothing to show side by side. */
    | { readonly kind: "saved" }
    | { readonly kind: "revealed"; readonly submitted: Submitted }
    | { readonly kind: "refused"; readonly problem: string };
};

export type RoomState = {
  readonly phase: Phase;
  readonly study: RoomStudy | null;
  readonly reading: Reading;
  /** Typed since the study was hung: worth a draft. */
  readonly typed: boolean;
  /** Its contradictions were asked about, and nothing was changed since. */
  readonly asked: boolean;
  /** Held after this one, in order: each hangs without a word to the server. */
  readonly queue: readonly RoomStudy[];
  /** Films that are likely to come after those. */
  readonly upcoming: readonly number[];
  /** The worklist's, as of the server's last word on it: only an open one hands out studies. */
  readonly status: WorklistStatus;
  readonly last: LastRead | null;
  /** How many ends of studies the server has acknowledged. */
  readonly saved: number;
  /** What is in the way, in words; null when nothing is. */
  readonly problem: string | null;
};

export type RoomEvent =
  | {
      readonly type: "taken";
      readonly taken: Taken;
      readonly unsent: readonly number[];
      readonly problem?: string;
    }
  | { readonly type: "undone"; readonly taken: Taken; readonly activeMs: number }
  | { readonly type: "changed"; readonly change: (reading: Reading) => Reading }
  | { readonly type: "asked" }
  | { readonly type: "ended"; readonly step: "submit" | "skip" }
  | { readonly type: "acknowledged"; readonly item: number; readonly submitted: Submitted | null }
  | { readonly type: "refused"; readonly item: number; readonly problem: string; readonly again: boolean }
  | { readonly type: "hindered"; readonly problem: string };

export const emptyRoom: RoomState = {
  phase: "hanging",
  study: null,
  reading: { labels: "", comment: "", flagged: false, regions: [] },
  typed: false,
  asked: false,
  queue: [],
  upcoming: [],
  status: "open",
  last: null,
  saved: 0,
  problem: null,
};

/** The regions of findings that are, or may be, there; those of others wait in case the state comes round again. */
export function regionsThatCount({ labels, regions }: Reading): readonly Region[] {
  return regions.filter(({ finding }) => {
    const state = stateAt(labels, finding);
    return state === "positive" || state === "uncertain";
  });
}

/** An item through which this window keeps up what its reader holds: the study that is up, else the next. */
export function heldItem({ study, queue }: Pick<RoomState, "study" | "queue">): number | null {
  return study?.item ?? queue[0]?.item ?? null;
}

/** The remark below the findings: a contradiction as it is made, else a parent to take along. */
export function remarkOn(room: Pick<RoomState, "phase" | "reading" | "asked">, findings: readonly Finding[]) {
  if (room.phase !== "reading") return null;
  const [clash] = contradictions(room.reading.labels, findings);
  if (clash) return { kind: "contradiction", text: clash.text, asked: room.asked } as const;
  const [suggestion] = suggestions(room.reading.labels, findings);
  if (!suggestion) return null;
  const take = (reading: Reading) => ({ ...reading, labels: accepted(reading.labels, suggestion) });
  return { kind: "suggestion", text: suggestion.text, take } as const;
}
