"use client";

import type { RefObject } from "react";
import { stateAt } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import type { Known } from "@/server/reading/schema";
import { CommentBox } from "./comment-box";
import { FindingRow } from "./finding-row";
import { KeyOf } from "./key-of";
import { LastCard } from "./last-card";
import { Remark } from "./remark";
import { RoomButton } from "./room-button";
import type { LastRead, Phase, Reading, remarkOn } from "./room-state";

type Props = {
  findings: readonly Finding[];
  phase: Phase;
  reading: Reading;
  /** In an open worklist: the source stands beside each finding. */
  known: Known | null;
  remark: ReturnType<typeof remarkOn>;
  /** How many regions are drawn for a finding. */
  regionsOf(position: number): number;
  problem: string | null;
  last: LastRead | null;
  comment: RefObject<HTMLTextAreaElement | null>;
  onCycle(position: number, back: boolean): void;
  onComment(text: string): void;
  onFlag(): void;
  onSkip(): void;
  onEnter(): void;
};

/** Every finding with its letter and state; what does not go together; comment, skip, flag, submit. */
export function FindingsPanel(props: Props) {
  const { findings, phase, reading, known, onCycle } = props;
  const set = findings.filter(({ position }) => stateAt(reading.labels, position) !== "unmentioned").length;
  const open = phase === "reading";
  return (
    <>
      <div className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto">
        <div className="flex items-baseline gap-2 px-0.5">
          <h1 className="font-semibold text-[20px] leading-7">Findings</h1>
          <span className="ml-auto text-dim" aria-live="polite">
            {known ? "open · " : ""}
            {phase === "hanging" ? null : `${set} set`}
          </span>
        </div>
        <ul aria-label="Findings">
          {findings.map((finding) => (
            <FindingRow
              key={finding.position}
              finding={finding}
              state={stateAt(reading.labels, finding.position)}
              source={known ? stateAt(known.source, finding.position) : null}
              regions={props.regionsOf(finding.position)}
              disabled={!open}
              onCycle={(back) => onCycle(finding.position, back)}
            />
          ))}
        </ul>
        <Remark remark={props.remark} problem={props.problem} />
        {props.last ? (
          <div className="mt-auto pt-2">
            <LastCard findings={findings} last={props.last} />
          </div>
        ) : null}
      </div>
      <div className="flex shrink-0 flex-col gap-2.5 pt-0.5">
        <CommentBox
          field={props.comment}
          comment={reading.comment}
          placeholder="Comment"
          tall={reading.comment.length > 40 || reading.comment.includes("\n")}
          disabled={!open}
          onComment={props.onComment}
        />
        <div className="flex gap-2">
          <RoomButton onPress={props.onSkip} disabled={!open}>
            Skip <KeyOf action="skip" />
          </RoomButton>
          <RoomButton
            onPress={props.onFlag}
            disabled={!open}
            pressed={reading.flagged}
            className={reading.flagged ? "border-leak! text-leak!" : ""}
          >
            {reading.flagged ? "Flagged" : "Flag"} <KeyOf action="flag" />
          </RoomButton>
          <RoomButton variant="primary" onPress={props.onEnter} disabled={!open} className="ml-auto">
            Submit <KeyOf action="submit" bare />
          </RoomButton>
        </div>
      </div>
    </>
  );
}
