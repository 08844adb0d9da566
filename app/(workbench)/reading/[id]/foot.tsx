"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { Kbd } from "@/app/_components/kbd";
import type { Pace, Room } from "@/server/reading/schema";
import { KeyOf } from "./key-of";
import { send } from "./line";

type Props = {
  reader: number;
  worklist: Room["worklist"];
  /** Reads that have arrived; with each one the count is asked for again. */
  saved: number;
  unsent: number;
  /** What is unsent does not get through. */
  stuck: boolean;
};

/** How far the list is, my pace, and whether everything has arrived. */
export function Foot({ reader, worklist, saved, unsent, stuck }: Props) {
  const [pace, setPace] = useState<Pace | null>(null);
  useEffect(() => {
    // Asked after each read: an answer for the one before is late, not wrong.
    const asked = { worklist: worklist.id, saved };
    void send<Pace>(reader, "progress", { worklist: asked.worklist }).then((answer) => {
      if (answer?.ok) setPace(answer.value);
    });
  }, [reader, worklist.id, saved]);
  const { studies } = worklist;
  const done = pace ? studies - pace.leftForMe : null;
  return (
    <footer className="flex items-center gap-[18px] whitespace-nowrap border-line border-t bg-panel px-4 text-dim tabular-nums">
      <b className="max-w-[320px] truncate font-semibold text-text">{worklist.name}</b>
      {done === null || pace === null ? null : (
        <>
          <span>
            {done.toLocaleString("en-US")} of {studies.toLocaleString("en-US")}
          </span>
          <span aria-hidden className="h-2 w-[220px] overflow-hidden rounded bg-raise">
            <span
              className="block h-full bg-accent"
              style={{ width: `${studies === 0 ? 0 : (100 * done) / studies}%` }}
            />
          </span>
          {pace.medianSeconds === null ? null : (
            <span>
              median {Math.round(pace.medianSeconds)} s
              {pace.leftForMe > 0 ? ` · about ${leftWords(pace.leftForMe * pace.medianSeconds)} left` : ""}
            </span>
          )}
        </>
      )}
      {/* Not read out at each read: only what is stuck is news. */}
      <span className={`ml-auto ${stuck ? "text-leak" : ""}`} aria-live={stuck ? "polite" : "off"}>
        {unsent === 0 ? "All reads saved" : stuck ? `${unsent} unsent` : "Saving"}
      </span>
      <span>
        <KeyOf action="undo" /> undo
      </span>
      <span>
        <Kbd keys="?" /> keys
      </span>
      <Link href="/reading" className="hover:text-text">
        Leave
      </Link>
    </footer>
  );
}

function leftWords(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
