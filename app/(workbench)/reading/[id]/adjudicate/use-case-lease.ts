import { useEffect } from "react";
import { send, sendLast } from "../line";
import type { ActiveTime } from "../use-active-time";
import { useHeartbeat } from "../use-heartbeat";
import type { CaseState } from "./case-state";

const keepMs = 600;

/** Keeps the case and what is decided of it while somebody is there, and gives it back when the page goes away. */
export function useCaseLease(room: CaseState, time: ActiveTime, adjudicator: number): void {
  const item = inHand(room);
  const { phase, touched, decision } = room;
  useHeartbeat({
    item,
    time,
    beat: (held) => void send(adjudicator, "keep-case", { item: held }),
    close: (held) =>
      sendLast("leave-case", { item: held, draft: phase === "deciding" && touched ? decision : undefined }),
    leave: (held) => sendLast("leave-case", { item: held }),
  });

  useEffect(() => {
    if (item === null || phase !== "deciding" || !touched) return;
    const timer = setTimeout(() => void send(adjudicator, "keep-case", { item, draft: decision }), keepMs);
    return () => clearTimeout(timer);
  }, [item, phase, touched, decision, adjudicator]);
}

function inHand({ phase, held }: CaseState): number | null {
  return phase === "deciding" || phase === "sending" ? (held?.study.item ?? null) : null;
}
