import { useEffect } from "react";
import type { KeptDrafts } from "./kept-draft";
import { send, sendLast } from "./line";
import { heldItem, type RoomState } from "./room-state";
import type { ActiveTime } from "./use-active-time";
import { useHeartbeat } from "./use-heartbeat";

const draftMs = 600;

/**
 * Keeps the studies in the reader's hands while somebody is there, what she types in the browser and on the
 * server, and gives the studies back when the page goes away.
 */
export function useLease(room: RoomState, time: ActiveTime, reader: number, kept: KeptDrafts | null): void {
  const item = heldItem(room);
  const { phase, typed, reading } = room;
  useHeartbeat({
    item,
    time,
    beat: (held) => void send(reader, "heartbeat", { item: held }),
    close(held) {
      const draft = phase === "reading" && typed ? { ...reading, activeMs: time.read() } : undefined;
      sendLast("leave", { item: held, draft });
    },
    leave: (held) => sendLast("leave", { item: held }),
  });

  useEffect(() => {
    if (item === null || phase !== "reading" || !typed) return;
    const draft = { item, ...reading, activeMs: time.read() };
    kept?.keep(draft);
    const timer = setTimeout(async () => {
      const answer = await send(reader, "draft", draft);
      if (answer?.ok) kept?.drop(draft);
    }, draftMs);
    return () => clearTimeout(timer);
  }, [item, phase, typed, reading, time, reader, kept]);
}
