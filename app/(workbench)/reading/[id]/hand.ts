import type { RoomStudy, Taken } from "@/server/reading/schema";
import { emptyRoom, type LastRead, type RoomState } from "./room-state";

/** The room with this study up; without one it waits. */
export function hung(room: RoomState, study: RoomStudy | null): RoomState {
  const { labels, comment, flagged, regions = [] } = study?.draft ?? emptyRoom.reading;
  return {
    ...room,
    phase: study ? "reading" : "hanging",
    study,
    reading: { labels, comment, flagged, regions },
    typed: false,
    asked: false,
  };
}

/**
 * The room after the server said what its reader holds. What is up stays up as long as it is hers, or something
 * was typed for it: the submission then tells why it is not taken.
 * @param unsent items whose end is on its way to the server: it may not have known
 */
export function taken(
  room: RoomState,
  { study, held, next, upcoming, status = "open" }: Taken,
  unsent: readonly number[],
  problem: string | null = null,
): RoomState {
  const last = lastAfter(room.last, unsent);
  const known = new Map<number, RoomStudy>();
  for (const one of [study, ...next, ...room.queue]) if (one) known.set(one.item, one);
  const hers = held.filter((item) => !unsent.includes(item)).flatMap((item) => known.get(item) ?? []);
  const up = room.phase === "reading" ? room.study : null;
  const stays = up !== null && (room.typed || hers.some(({ item }) => item === up.item));
  if (stays) {
    const queue = hers.filter(({ item }) => item !== up.item);
    return { ...room, last, queue, upcoming, problem: problem ?? room.problem };
  }
  const [first, ...queue] = hers;
  const why = up ? "The study that was up was ended in another window, or given to somebody else." : null;
  const hanging = hung({ ...room, last, queue, upcoming, status, problem: problem ?? why }, first ?? null);
  // While an end is on its way more may come free: the list is asked again after it.
  return first || unsent.length > 0 ? hanging : { ...hanging, phase: "ended" };
}

/** What left the outbox without an answer here was sent by another window. */
function lastAfter(last: LastRead | null, unsent: readonly number[]): LastRead | null {
  const elsewhere = last?.outcome.kind === "sending" && !unsent.includes(last.study.item);
  return last && elsewhere ? { ...last, outcome: { kind: "saved" } } : last;
}
