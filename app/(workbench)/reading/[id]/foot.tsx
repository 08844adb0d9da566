"use client";

import { useEffect, useState } from "react";
import { Kbd } from "@/app/_components/kbd";
import { send } from "./line";

type Pace = { studies: number; leftForMe: number; reads: number; medianSeconds: number | null };
type Props = {
  worklist: { readonly id: number; readonly name: string };
  /** Changes with every study: then the count is asked for again. */
  turn: string;
  unsent: number;
};

/** How far the list is, my pace, and whether everything has arrived. */
export function Foot({ worklist, turn, unsent }: Props) {
  const [pace, setPace] = useState<Pace | null>(null);
  useEffect(() => {
    let current = turn !== "";
    void send<Pace>("progress", { worklist: worklist.id }).then((answer) => {
      if (current && answer?.ok) setPace(answer.value);
    });
    return () => {
      current = false;
    };
  }, [turn, worklist.id]);
  const done = pace ? pace.studies - pace.leftForMe : 0;
  return (
    <footer className="flex items-center gap-[18px] border-line border-t bg-panel px-4 text-dim tabular-nums">
      <b className="font-semibold text-text">{worklist.name}</b>
      {pace ? (
        <>
          <span>
            {done} of {pace.studies}
          </span>
          <span aria-hidden className="h-2 w-[220px] overflow-hidden rounded bg-raise">
            <span
              className="block h-full bg-accent"
              style={{ width: `${pace.studies === 0 ? 0 : (done / pace.studies) * 100}%` }}
            />
          </span>
          {pace.medianSeconds === null ? null : (
            <span>
              median {Math.round(pace.medianSeconds)} s · about{" "}
              {leftWords(pace.leftForMe * pace.medianSeconds)} left
            </span>
          )}
        </>
      ) : null}
      <span className={`ml-auto ${unsent > 0 ? "text-leak" : ""}`} aria-live="polite">
        {unsent === 0 ? "All reads saved" : `${unsent} unsent`}
      </span>
      <span>
        <Kbd>U</Kbd> undo
      </span>
      <span>
        <Kbd>?</Kbd> keys
      </span>
    </footer>
  );
}

function leftWords(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
