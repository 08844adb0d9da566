import { useEffect, useRef } from "react";
import { leaseMinutes } from "@/server/reading/rules";
import type { ActiveTime } from "./use-active-time";

const heartbeatMs = 60_000;
/** Soon after a reload: the farewell of the page before it may arrive late. */
const firstHeartbeatMs = 5_000;

type Hold = {
  /** What is in hand; null for nothing. */
  readonly item: number | null;
  readonly time: ActiveTime;
  beat(item: number): void;
  /** The page goes away: the last word, what was typed with it. */
  close(item: number): void;
  /** The place was left by a link of this site, which hides no page. */
  leave(item: number): void;
};

/** Keeps what is in hand while somebody is there, and gives it back when the page or the place goes away. */
export function useHeartbeat(hold: Hold): void {
  const { item, time } = hold;
  const latest = useRef(hold);
  useEffect(() => {
    latest.current = hold;
  });

  useEffect(() => {
    if (item === null) return;
    const beat = () => {
      if (time.sinceLast() < leaseMinutes * 60_000) latest.current.beat(item);
    };
    const first = setTimeout(beat, firstHeartbeatMs);
    const others = setInterval(beat, heartbeatMs);
    const close = () => latest.current.close(item);
    window.addEventListener("pagehide", close);
    return () => {
      clearTimeout(first);
      clearInterval(others);
      window.removeEventListener("pagehide", close);
    };
  }, [item, time]);

  useEffect(
    () => () => {
      const { item: gone, leave } = latest.current;
      if (gone !== null) leave(gone);
    },
    [],
  );
}
