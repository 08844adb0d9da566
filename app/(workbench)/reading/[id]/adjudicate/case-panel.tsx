import type { RefObject } from "react";
import type { Finding } from "@/server/labels/vocabulary";
import type { AdjudicationCase } from "@/server/reading/adjudication-schema";
import type { Region } from "@/server/reading/schema";
import { CommentBox } from "../comment-box";
import { KeyOf } from "../key-of";
import { Remark } from "../remark";
import { RoomButton } from "../room-button";
import { AgreedFindings } from "./agreed-findings";
import { CaseRegionsList } from "./case-regions-list";
import { type CaseState, unsettled } from "./case-state";
import { DisputedFindings } from "./disputed-findings";
import { readerNames } from "./reader-names";
import type { CaseRegions } from "./use-case-regions";

type Props = {
  room: CaseState;
  held: AdjudicationCase;
  agreed: readonly Finding[];
  findings: readonly Finding[];
  regions: CaseRegions;
  unfolded: boolean;
  clash: string | null;
  hint: string | null;
  comment: RefObject<HTMLTextAreaElement | null>;
  onRegion(region: Region): void;
  onSide(which: 0 | 1, position: number): void;
  onLetter(position: number): void;
  onFold(): void;
  onComment(text: string): void;
  onLater(): void;
  onEnter(): void;
};

/** What readers differ on, then what they agree on, what they wrote, and the decision's own comment. */
export function CasePanel(props: Props) {
  const { room, held, clash } = props;
  const { phase, rows, decision } = room;
  const open = phase === "deciding";
  const left = unsettled(room).length;
  const names = readerNames(held.reads);
  const remark = clash ? ({ kind: "contradiction", text: clash, asked: room.asked } as const) : null;
  return (
    <>
      <div className="flex items-baseline gap-2 px-0.5">
        <h1 className="font-semibold text-[20px] leading-7">Disagreements</h1>
        <span className="ml-auto text-dim" aria-live="polite">
          {rows.length - left} of {rows.length} settled
        </span>
      </div>
      <DisputedFindings room={room} held={held} onSide={props.onSide} onLetter={props.onLetter} />
      <CaseRegionsList
        findings={props.findings}
        reads={held.reads}
        decided={decision.regions}
        labels={decision.labels}
        regions={props.regions}
        disabled={!open}
        onToggle={props.onRegion}
      />
      <AgreedFindings
        findings={props.agreed}
        said={held.reads[0]?.labels ?? ""}
        decision={decision}
        unfolded={props.unfolded}
        disabled={!open}
        onFold={props.onFold}
        onLetter={props.onLetter}
      />
      {held.reads.map(({ id, comment }, place) =>
        comment === "" ? null : (
          <p key={id} className="border-line border-l-2 px-2.5 text-dim">
            <span className="text-text">{names[place]}:</span> {comment}
          </p>
        ),
      )}
      <Remark remark={remark} problem={room.problem ?? props.hint} />
      <div className="sticky -bottom-3.5 -mx-3.5 -mb-3.5 mt-auto flex flex-col gap-2.5 bg-panel px-3.5 pt-2 pb-3.5">
        <CommentBox
          field={props.comment}
          comment={decision.comment}
          placeholder="Comment on the decision"
          tall={decision.comment.length > 40}
          disabled={!open}
          onComment={props.onComment}
        />
        <div className="flex gap-2">
          <RoomButton onPress={props.onLater} disabled={!open}>
            Later <KeyOf action="skip" />
          </RoomButton>
          <RoomButton
            variant="primary"
            onPress={props.onEnter}
            disabled={!open && phase !== "lost"}
            className="ml-auto"
          >
            {phase === "lost" ? "Next case" : phase === "sending" ? "Saving …" : "Settle"}{" "}
            <KeyOf action="submit" bare />
          </RoomButton>
        </div>
      </div>
    </>
  );
}
