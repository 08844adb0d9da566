import { useEffect, useRef } from "react";
import { leaseMinutes } from "@/server/reading/rules";
import type { KeptDrafts } from "./kept-draft";
import { send, sendLast } from "./line";
import { heldItem, type RoomState } from "./room-state";
import type { ActiveTime } from "./use-active-time";

const draftMs = 600;
const heartbeatMs = 60_000;
/** Soon after a reload: the farewell of the page before it may arrive late. */
const firstHeartbeatMs = 5_000;

/**
 * Keeps the studies in the reader's hands while somebody is there, what she types in the browser and on the
 * server, and gives the studies back when the page goes away.
 */
export function useLease(room: RoomState, time: ActiveTime, reader: number, kept: KeptDrafts | null): void {
  const item = heldItem(room);
  const latest = useRef(room);
  useEffect(() => {
    latest.current = room;
  });

  useEffect(() => {
    if (item === null) return;
    const beat = () => {
      if (time.sinceLast() < leaseMinutes * 60_000) void send(reader, "heartbeat", { item });
    };
    const first = setTimeout(beat, firstHeartbeatMs);
    const others = setInterval(beat, heartbeatMs);
    const leave = () => {
      const { phase, typed, reading } = latest.current;
      const draft = phase === "reading" && typed ? { ...reading, activeMs: time.read() } : undefined;
      sendLast("leave", { item, draft });
    };
    window.addEventListener("pagehide", leave);
    return () => {
      clearTimeout(first);
      clearInterval(others);
      window.removeEventListener("pagehide", leave);
    };
  }, [item, time, reader]);

  // Leaving by a link of this site hides no page.
  useEffect(
    () => () => {
      const gone = heldItem(latest.current);
      if (gone !== null) sendLast("leave", { item: gone });
    },
    [],
  );

  const { phase, typed, reading } = room;
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
