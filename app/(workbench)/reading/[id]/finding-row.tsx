"use client";

import { memo } from "react";
import { StateDot } from "@/app/_components/state-dot";
import type { LabelState } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";

type Props = {
  finding: Finding;
  state: LabelState;
  /** Shown beside it in an open worklist. */
  source: LabelState | null;
  /** Boxes and ellipses drawn for it. */
  regions: number;
  disabled: boolean;
  onCycle(back: boolean): void;
};

/** A finding: its letter, its name, its state. A click goes on like the letter, with Shift back. */
export const FindingRow = memo(FindingButton, same);

function FindingButton({ finding, state, source, regions, disabled, onCycle }: Props) {
  const { key, name, shortName } = finding;
  return (
    <li>
      <button
        type="button"
        disabled={disabled}
        onMouseDown={(event) => event.preventDefault()}
        onKeyDown={(event) => event.key === "Enter" && event.stopPropagation()}
        onClick={(event) => onCycle(event.shiftKey)}
        className="grid h-[33px] w-full cursor-pointer grid-cols-[26px_1fr_auto_20px] items-center rounded-md px-2 text-left enabled:hover:bg-raise disabled:cursor-default [@media(max-height:800px)]:h-[28px]"
      >
        <span aria-hidden className="text-[11px] text-faint">
          {key}
        </span>
        <span className={state === "unmentioned" ? "text-dim" : "text-text"}>
          <span className="sr-only">{name}</span>
          <span aria-hidden>{shortName}</span>
        </span>
        <span className="flex items-center gap-1.5 pr-2 text-[11px] text-faint">
          {regions > 0 ? <span>{regions === 1 ? "1 region" : `${regions} regions`}</span> : null}
          {source === null || source === "unmentioned" ? null : (
            <>
              source <StateDot state={source} size={9} />
            </>
          )}
        </span>
        <span className="grid place-items-center justify-self-end">
          <StateDot state={state} size={13} />
        </span>
      </button>
    </li>
  );
}

/** What a key changes is one row: the other fourteen stay as they are. `onCycle` only ever names its finding. */
function same(before: Props, after: Props): boolean {
  return (
    before.finding === after.finding &&
    before.state === after.state &&
    before.source === after.source &&
    before.regions === after.regions &&
    before.disabled === after.disabled
  );
}
