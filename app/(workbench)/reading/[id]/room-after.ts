import { hung, taken } from "./hand";
import type { LastRead, RoomEvent, RoomState } from "./room-state";

/** The room after something happened in it. What does not fit its phase changes nothing. */
export function roomAfter(room: RoomState, event: RoomEvent): RoomState {
  const { study, reading, queue, last } = room;
  switch (event.type) {
    case "taken":
      return taken(room, event.taken, event.unsent, event.problem);
    case "undone": {
      // What she was at comes after it, with what she had typed.
      const before = study ? [{ ...study, draft: { ...reading, activeMs: event.activeMs } }] : [];
      const empty = { ...room, phase: "hanging", study: null, last: null, problem: null } as const;
      return taken({ ...empty, queue: [...before, ...queue] }, event.taken, []);
    }
    case "changed":
      if (room.phase !== "reading") return room;
      return { ...room, reading: event.change(reading), typed: true, asked: false, problem: null };
    case "asked":
      return { ...room, asked: true };
    case "ended": {
      if (!study || room.phase !== "reading") return room;
      const ended: LastRead = { study, reading, step: event.step, outcome: { kind: "sending" } };
      const [next, ...others] = queue;
      return hung({ ...room, queue: others, last: ended, problem: null }, next ?? null);
    }
    case "acknowledged": {
      const saved = room.saved + 1;
      if (last?.study.item !== event.item) return { ...room, saved };
      const { submitted } = event;
      const outcome = submitted ? ({ kind: "revealed", submitted } as const) : ({ kind: "saved" } as const);
      return { ...room, saved, last: { ...last, outcome } };
    }
    case "refused": {
      if (last?.study.item !== event.item) return { ...room, problem: event.problem };
      const refused = { ...last, outcome: { kind: "refused", problem: event.problem } } as const;
      const back = { ...last.study, draft: { ...last.reading, activeMs: 0 } };
      return { ...room, last: refused, queue: event.again ? [back, ...queue] : queue };
    }
    case "hindered":
      return { ...room, problem: event.problem };
  }
}
