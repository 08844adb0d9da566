"use client";

import type { RefObject } from "react";
import { Button } from "@/app/_components/button";
import { Kbd } from "@/app/_components/kbd";
import { StateDot } from "@/app/_components/state-dot";
import { stateAt } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import type { Known } from "@/server/reading/schema";
import type { Reading } from "./use-room";

type Props = {
  findings: readonly Finding[];
  reading: Reading;
  /** In an open worklist: the source stands beside each finding. */
  known: Known | null;
  open: boolean;
  sending: boolean;
  note?: string;
  suggestion?: string;
  problem: string | null;
  comment: RefObject<HTMLTextAreaElement | null>;
  onCycle(position: number, back: boolean): void;
  onComment(text: string): void;
  onFlag(): void;
  onSkip(): void;
  onSubmit(): void;
};

/** Every finding with its letter and state; what does not go together; comment, skip, flag, submit. */
export function FindingsPanel(props: Props) {
  const { findings, reading, known, open, sending, note, suggestion, problem, onCycle } = props;
  const set = findings.filter(({ position }) => stateAt(reading.labels, position) !== "unmentioned").length;
  return (
    <>
      <div className="flex items-baseline gap-2">
        <h1 className="font-semibold text-[20px] leading-7">Findings</h1>
        <span className="ml-auto text-dim">{set} set</span>
      </div>
      <ul aria-label="Findings">
        {findings.map(({ position, key, name, shortName }) => {
          const state = stateAt(reading.labels, position);
          return (
            <li key={position}>
              <button
                type="button"
                disabled={!open}
                aria-label={`${name}: ${state}`}
                onClick={(event) => onCycle(position, event.shiftKey)}
                className="grid h-[31px] w-full cursor-pointer grid-cols-[26px_1fr_auto_20px] items-center rounded-md px-2 text-left hover:bg-raise focus-visible:bg-raise"
              >
                <span aria-hidden className="text-[11px] text-faint">
                  {key}
                </span>
                <span className={state === "unmentioned" ? "text-dim" : ""}>{shortName}</span>
                {known ? (
                  <span className="pr-3 text-[11px] text-faint">
                    source {stateAt(known.source, position)}
                  </span>
                ) : (
                  <span />
                )}
                <span className="justify-self-end">
                  <StateDot state={state} />
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <div aria-live="polite" className="flex flex-col gap-2">
        {note ? <p className="border-leak border-l-2 px-2.5 text-text">{note}</p> : null}
        {!note && suggestion ? (
          <p className="border-unc border-l-2 px-2.5 text-dim">
            {suggestion} <Kbd>Tab</Kbd>
          </p>
        ) : null}
        {problem ? <p className="border-danger border-l-2 px-2.5 text-text">{problem}</p> : null}
      </div>
      <div className="mt-auto flex flex-col gap-2.5 pt-2">
        <textarea
          ref={props.comment}
          aria-label="Comment"
          rows={2}
          maxLength={4000}
          disabled={!open}
          value={reading.comment}
          placeholder="Comment (M)"
          onChange={(event) => props.onComment(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          className="w-full resize-none rounded-md border border-line bg-transparent px-2.5 py-1.5 placeholder:text-faint"
        />
        <div className="flex gap-2">
          <Button onPress={props.onSkip} isDisabled={!open}>
            Skip <Kbd>S</Kbd>
          </Button>
          <Button
            onPress={props.onFlag}
            isDisabled={!open}
            label={reading.flagged ? "Take the flag away" : "Flag"}
          >
            {reading.flagged ? "Flagged" : "Flag"} <Kbd>F</Kbd>
          </Button>
          <span className="ml-auto">
            <Button variant="primary" onPress={props.onSubmit} isDisabled={!open} pending={sending}>
              Submit ⏎
            </Button>
          </span>
        </div>
      </div>
    </>
  );
}
