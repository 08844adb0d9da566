"use client";

import { StateDot } from "@/app/_components/state-dot";
import type { Facets, ImageFilters } from "@/server/images/browse/schema";
import { type LabelState, labelStates } from "@/server/labels/states";
import { compact, images } from "./counts-text";
import type { ShownFinding } from "./types";

type Chosen = ImageFilters["findings"];
type Props = {
  counts: NonNullable<Facets["findings"]>;
  findings: readonly ShownFinding[];
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
};

const columns = "grid grid-cols-[minmax(0,1fr)_repeat(4,40px)] gap-px";
const pressedLooks: Record<LabelState, string> = {
  positive: "border-pos",
  negative: "border-neg",
  uncertain: "border-unc",
  unmentioned: "border-dim",
};

/** Findings × states, every cell a toggle with its count; several states of one finding mean "or". */
export function FindingFilter({ counts, findings, chosen, onChange }: Props) {
  return (
    <div>
      <div aria-hidden className={`${columns} mb-1`}>
        <span />
        {labelStates.map((state) => (
          <span key={state} className="grid h-5 place-items-center" title={state}>
            <StateDot state={state} size={10} />
          </span>
        ))}
      </div>
      {counts.map((count) => {
        const states = chosen.find(({ finding }) => finding === count.finding)?.states ?? [];
        const shown = findings.find(({ name }) => name === count.finding);
        return (
          <fieldset key={count.finding} className={`${columns} items-center`}>
            <legend className="sr-only">{count.finding}</legend>
            <span
              aria-hidden
              title={count.finding}
              className={`truncate pr-1 pl-1 text-[12px] ${states.length > 0 ? "text-text" : "text-dim"}`}
            >
              {shown?.shortName ?? count.finding}
            </span>
            {labelStates.map((state) => {
              const pressed = states.includes(state);
              return (
                <button
                  key={state}
                  type="button"
                  aria-pressed={pressed}
                  title={`${count.finding} ${state}: ${images(count[state])}`}
                  onClick={() => onChange(toggled(chosen, count.finding, state))}
                  className={`h-[22px] cursor-pointer rounded-[4px] border text-[12px] tabular-nums ${
                    pressed
                      ? `bg-raise font-medium text-text ${pressedLooks[state]}`
                      : `border-transparent hover:bg-raise ${count[state] === 0 ? "text-faint" : "text-dim"}`
                  }`}
                >
                  <span className="sr-only">
                    {count.finding} {state},{" "}
                  </span>
                  {compact(count[state])}
                </button>
              );
            })}
          </fieldset>
        );
      })}
    </div>
  );
}

function toggled(chosen: Chosen, finding: string, state: LabelState): Chosen {
  const before = chosen.find((one) => one.finding === finding)?.states ?? [];
  const after = before.includes(state) ? before.filter((one) => one !== state) : [...before, state];
  const others = chosen.filter((one) => one.finding !== finding);
  return after.length === 0 ? others : [...others, { finding, states: after }];
}
