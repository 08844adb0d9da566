import { useEffect, useRef } from "react";
import { leaseMinutes } from "@/server/reading/rules";
import { send, sendLast } from "../line";
import type { ActiveTime } from "../use-active-time";
import type { CaseState } from "./case-state";

const keepMs = 600;
const heartbeatMs = 60_000;
/** Soon after a reload: the farewell of the page before it may arrive late. */
const firstHeartbeatMs = 5_000;

/** Keeps the case and what is decided of it while somebody is there, and gives it back when the page goes away. */
export function useCaseLease(room: CaseState, time: ActiveTime, adjudicator: number): void {
  const item = inHand(room);
  const latest = useRef(room);
  useEffect(() => {
    latest.current = room;
  });

  useEffect(() => {
    if (item === null) return;
    const beat = () => {
      if (time.sinceLast() < leaseMinutes * 60_000) void send(adjudicator, "keep-case", { item });
    };
    const first = setTimeout(beat, firstHeartbeatMs);
    const others = setInterval(beat, heartbeatMs);
    const leave = () => {
      const { phase, touched, decision } = latest.current;
      sendLast("leave-case", { item, draft: phase === "deciding" && touched ? decision : undefined });
    };
    window.addEventListener("pagehide", leave);
    return () => {
      clearTimeout(first);
      clearInterval(others);
      window.removeEventListener("pagehide", leave);
    };
  }, [item, time, adjudicator]);

  // Leaving by a link of this site hides no page.
  useEffect(
    () => () => {
      const gone = inHand(latest.current);
      if (gone !== null) sendLast("leave-case", { item: gone });
    },
    [],
  );

  const { phase, touched, decision } = room;
  useEffect(() => {
    if (item === null || phase !== "deciding" || !touched) return;
    const timer = setTimeout(() => void send(adjudicator, "keep-case", { item, draft: decision }), keepMs);
    return () => clearTimeout(timer);
  }, [item, phase, touched, decision, adjudicator]);
}

function inHand({ phase, held }: CaseState): number | null {
  return phase === "deciding" || phase === "sending" ? (held?.study.item ?? null) : null;
}
